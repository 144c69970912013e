"""How many bits the units may take together, and what each format takes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format
from qml.compression.subjects.base import Unit
from qml.errors import PlanError

_MEGA, _KILO = 1_000_000, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a target leaves.

    Attributes:
        bits: For all units together; may be negative (bits).
        cost: What a unit takes of them, from format, rows and columns (bits).
        words: Turns a number of bits into the target that would leave it, rounded up.
    """

    bits: float
    cost: Callable[[Format, int, int], float]
    words: Callable[[float], str]

    def table(self, units: Sequence[Unit], formats: Sequence[Format]) -> NDArray[np.float64]:
        """Return what each unit takes in each format, infinite where it does not fit (bits)."""
        return np.array(
            [
                [self.cost(f, u.rows, u.columns) if f.fits(u.columns) else np.inf for f in formats]
                for u in units
            ]
        )


def room_of(bench: Bench, base: Candidate) -> Room:
    """Return what the target leaves for the units.

    Raises:
        PlanError: Not even the smallest formats fit; says the smallest that is within reach.
    """
    room = _room(bench, base)
    least = float(room.table(bench.subject.units, bench.formats).min(axis=1).sum())
    if least > room.bits:
        raise PlanError(
            f"the target {bench.target.words()} is out of reach",
            hint=f"the smallest with these formats is {room.words(least)}",
        )
    return room


def _room(bench: Bench, base: Candidate) -> Room:
    subject, exporter, target = bench.subject, bench.exporter, bench.target
    if target.bpw is not None:
        bpw = target.bpw
        bits = exporter.budget(subject, bpw, base)
        slope = exporter.budget(subject, bpw + 1, base) - bits
        return Room(
            bits=bits,
            cost=exporter.cost,
            words=lambda need: f"{_up(bpw + (need - bits) / slope, 0.01):.2f}bpw",
        )
    whole = exporter.predict(subject, Candidate({}))
    share = target.share
    size = target.bytes if target.bytes is not None else int((share or 1.0) * whole)
    room = exporter.room(subject, size, base)

    def words(need: float) -> str:
        bytes_ = size + ceil((need - room) / 8)
        return _bytes(bytes_) if share is None else f"{_up(100 * bytes_ / whole, 0.1):.1f}%"

    return Room(bits=room, cost=exporter.stored, words=words)


def _bytes(count: int) -> str:
    if count >= _MEGA:
        return f"{_up(count / _MEGA, 0.01):.2f}MB"
    return f"{_up(count / _KILO, 0.01):.2f}KB"


def _up(value: float, step: float) -> float:
    return ceil(value / step - 1e-9) * step
