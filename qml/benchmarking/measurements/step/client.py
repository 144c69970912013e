"""A peer in a process of its own, talked to through pipes."""

import json
import os
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from qml.benchmarking.measurements.step.circuits import Case
from qml.errors import RunError

WORKER = Path(__file__).with_name("worker.py")


class PeerError(RunError):
    """A peer cannot be measured: it is missing, fails, or takes too long."""


class Time(NamedTuple):
    """What steps took.

    Attributes:
        wall: Seconds a step.
        processor: Seconds of all cores of the peer's process a step.
    """

    wall: float
    processor: float


class Worker:
    """A running peer.

    Args:
        name: Its file in `peers`.
        case: What to measure.
        python: Interpreter that has its library.
        log: Where what it says goes.
        cores: Cores that it may use, None for all.
        exact: Whether gradients in double precision are wanted beside its own; `qml` alone can.
        opening: Seconds to wait until it is imported, compiled and has given its gradient.
        patience: Seconds to wait for the answer to `run`.

    Raises:
        PeerError: It cannot be measured.
    """

    def __init__(
        self,
        name: str,
        case: Case,
        *,
        python: str,
        log: Path,
        environ: Mapping[str, str],
        cores: int | None = None,
        exact: bool = False,
        opening: float = 600.0,
        patience: float = 600.0,
    ) -> None:
        self.name, self._patience, self._log = name, opening, log
        with log.open("w") as errors:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - the interpreter is the user's
                    [python, "-P", str(WORKER)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=dict(environ),
                )
            except OSError as error:
                raise PeerError(f"{python}: {error.strerror}") from error
        self._pending = b""
        try:
            self.opened: dict[str, Any] = self._ask(
                {"peer": name, "case": case.document(), "cores": cores, "exact": exact}
            )
        except BaseException:
            self.close()
            raise
        self._patience = patience
        if "loss" not in self.opened:
            self.close()
            raise PeerError(self.opened.get("missing") or self.opened["failed"])

    def run(self, steps: int) -> Time:
        """Carry out so many steps; return what one took on average."""
        wall, processor = self._ask(steps)
        return Time(wall / steps, processor / steps)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, value: Any) -> Any:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(value).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise PeerError(self._ended()) from None
        return json.loads(self._line())

    def _line(self) -> bytes:
        """Wait for one line; `readline` alone would wait for ever."""
        assert self._process.stdout
        until = time.monotonic() + self._patience
        while b"\n" not in self._pending:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                raise PeerError(f"no answer within {self._patience:g} s")
            piece = os.read(self._process.stdout.fileno(), 1 << 16)
            if not piece:
                raise PeerError(self._ended())
            self._pending += piece
        line, self._pending = self._pending.split(b"\n", 1)
        return line

    def _ended(self) -> str:
        said = self._log.read_text(errors="replace").strip().splitlines()
        return f"its process ended: {said[-1] if said else 'it said nothing'}"
