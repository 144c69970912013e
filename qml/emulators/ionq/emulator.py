"""An emulator that runs: in a thread, until it is stopped."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qml.emulators.ionq.devices import IDEAL, NOISE
from qml.emulators.ionq.faults import Fault
from qml.emulators.ionq.front import Front
from qml.emulators.ionq.loading import load_simulator
from qml.emulators.ionq.options import Minimum, Options
from qml.emulators.ionq.routes.inspection import summary
from qml.emulators.ionq.server import LOOPBACK, HttpServer
from qml.emulators.ionq.service import Service
from qml.errors import UsageError
from qml.ports import Clock, SystemClock


class Emulator:
    """An IonQ API v0.4 on 127.0.0.1; it listens when the constructor returns.

    Args:
        options: How it behaves.
        port: Port to listen on; 0 takes a free one.
        clock: What time it is, for queues; the machine's by default.

    Raises:
        UsageError: The port is taken, or the state file cannot be used.
    """

    def __init__(self, options: Options, *, port: int = 0, clock: Clock | None = None) -> None:
        self._service = Service(options, clock or SystemClock())
        try:
            self._server = HttpServer(Front(self._service), port)
        except UsageError:
            self._service.close()
            raise
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """Port that it listens on."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """What clients take as `IONQ_API_URL`."""
        return f"http://{LOOPBACK}:{self.port}/v0.4"

    def summary(self) -> dict[str, Any]:
        """Count jobs, money, requests and faults."""
        return summary(self._service)

    def warm(self) -> None:
        """Load the simulator, which the first submission would wait for."""
        load_simulator()

    def stop(self) -> dict[str, Any]:
        """Stop, and return the last summary."""
        self._server.stop()
        self._thread.join()
        last = self.summary()
        self._service.close()
        return last


@contextmanager
def serve(
    *,
    port: int = 0,
    noise: str = IDEAL,
    seed: int = 0,
    queue: float = 0.0,
    faults: Iterable[str | Fault] = (),
    slow: float = 3.0,
    state: Path | str | None = None,
    minimum: Minimum = "per-circuit",
    strict: bool = False,
    clock: Clock | None = None,
) -> Iterator[Emulator]:
    """Run an emulator as long as the block lasts.

    Args:
        port: Port to listen on; 0 takes a free one.
        noise: Noise model of jobs on `simulator` that name none.
        seed: Seed of the sampling and of the faults.
        queue: How long a job waits (seconds).
        faults: Faults, as `NAME:PROBABILITY` or `NAME@N`.
        slow: Length of slow answers and of delayed listings (seconds).
        state: File that survives a restart.
        minimum: What the least price holds for.
        strict: Refuse what the published schema does not have.
        clock: What time it is; a clock that a test turns makes queues take no time.

    Yields:
        The emulator, with `url`, `port` and `summary()`.

    Raises:
        UsageError: An option makes no sense, the port is taken, or the state file cannot be used.
    """
    options = Options(
        noise=checked_noise(noise),
        seed=seed,
        queue=queue,
        faults=tuple(f if isinstance(f, Fault) else Fault.parse(f) for f in faults),
        slow=slow,
        state=None if state is None else Path(state),
        minimum=minimum,
        strict=strict,
    )
    emulator = Emulator(options, port=port, clock=clock)
    try:
        yield emulator
    finally:
        emulator.stop()


def checked_noise(model: str) -> str:
    """Return the model.

    Raises:
        UsageError: Its rates are not known.
    """
    if model != IDEAL and model not in NOISE:
        raise UsageError(
            f"no rates are published for the noise model `{model}`",
            hint=f"known: {', '.join((IDEAL, *NOISE))}",
        )
    return model
