"""The plainest rival: one width for all."""

import numpy as np

from qml.compression.bench import Bench
from qml.compression.bits.budget import room_of
from qml.compression.candidate import Candidate
from qml.compression.formats.masked import quantised
from qml.errors import PlanError


def uniform(bench: Bench, base: Candidate) -> Candidate:
    """Return all units in the widest format that fits the target.

    Raises:
        PlanError: No format that fits all units is within the target; says what would be.
    """
    units, room = bench.subject.units, room_of(bench, base)
    totals = room.table(units, bench.formats).sum(axis=0)
    within = totals <= room.bits
    if not within.any():
        least = float(totals.min())
        words = "no format fits all units"
        if np.isfinite(least):
            words = f"the smallest with one format for all is {room.words(least)}"
        raise PlanError(f"the target {bench.target.words()} is out of reach", hint=words)
    form = bench.formats[int(np.argmax(np.where(within, totals, -np.inf)))]
    parts = {
        unit.name: quantised(form, bench.weight(base, unit), base.parts.get(unit.name))
        for unit in units
    }
    return Candidate(parts, base.others)
