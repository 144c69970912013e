"""What one job of IonQ's can hold (API v0.4): a batch is cut where it holds more."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from qml.backends.ionq.ticket import MOST_RUNS
from qml.circuits import Circuit, Work
from qml.errors import PlanError

MOST_CIRCUITS = 5_000
MOST_GATES = 150_000
MOST_BYTES = 9_900_000
"""IonQ takes 10 MB; some of it is left for what surrounds the circuits."""

_BYTES = {"gpi": 75, "gpi2": 76, "zz": 85}
_BYTES_ELSE = 135
_BYTES_AROUND = 48


def split(work: Work, sent: Callable[[Circuit], Circuit]) -> list[Work]:
    """Cut a batch into jobs, in order; a batch that fits is returned as it is.

    Args:
        work: The batch.
        sent: Tells what is sent for a circuit.

    Raises:
        PlanError: One circuit alone is too large.
    """
    starts = _starts(work.circuits, sent)
    if len(starts) == 1:
        return [work]
    ends = [*starts[1:], len(work.circuits)]
    return [replace(work, circuits=work.circuits[a:b]) for a, b in zip(starts, ends, strict=True)]


def body_bytes(circuit: Circuit) -> int:
    """Return an upper bound of what a circuit takes in a request (bytes)."""
    return _BYTES_AROUND + sum(_BYTES.get(g.name, _BYTES_ELSE) for g in circuit.gates)


class _Part(NamedTuple):
    """What one circuit takes of a job, as it is sent."""

    wires: int
    gates: int
    bytes: int


class _Load:
    """What a job holds so far."""

    def __init__(self) -> None:
        self._circuits = self._gates = self._bytes = self._runs = 0
        self._width: int | None = None

    def add(self, part: _Part) -> None:
        self._circuits += 1
        self._gates += part.gates
        self._bytes += part.bytes
        self._runs += part.wires != self._width
        self._width = part.wires

    @property
    def fits(self) -> bool:
        return (
            self._circuits <= MOST_CIRCUITS
            and self._gates <= MOST_GATES
            and self._bytes <= MOST_BYTES
            and self._runs <= MOST_RUNS
        )


def _starts(circuits: Sequence[Circuit], sent: Callable[[Circuit], Circuit]) -> list[int]:
    """Return where each job begins."""
    starts, load = [0], _Load()
    for place, part in enumerate(_parts(circuits, sent)):
        load.add(part)
        if not load.fits:
            starts.append(place)
            load = _Load()
            load.add(part)
    return starts


def _parts(circuits: Sequence[Circuit], sent: Callable[[Circuit], Circuit]) -> Iterator[_Part]:
    """Weigh each circuit; one that a plan holds many times is weighed once."""
    weighed: dict[int, _Part] = {}  # by identity: to hash a circuit takes as long as to weigh it
    for place, circuit in enumerate(circuits):
        part = weighed.get(id(circuit))
        if part is None:
            made = sent(circuit)
            part = weighed[id(circuit)] = _Part(made.wires, len(made.gates), body_bytes(made))
            _refuse_alone(part, place)
        yield part


def _refuse_alone(part: _Part, place: int) -> None:
    if part.gates > MOST_GATES or part.bytes > MOST_BYTES:
        raise PlanError(
            f"circuit {place} has {part.gates} gates, more than a job of IonQ's can hold",
            hint=f"IonQ takes {MOST_GATES} gates and 10 MB in a job; use fewer layers",
        )
