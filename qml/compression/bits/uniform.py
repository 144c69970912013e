"""One width for all, before anything was measured."""

import numpy as np

from qml.compression.bench import Bench
from qml.compression.bits.allocation import Problem, rivals
from qml.compression.bits.budget import room_of
from qml.compression.bits.candidates import Candidates
from qml.compression.candidate import Candidate
from qml.errors import PlanError


def uniform(bench: Bench, base: Candidate) -> Candidate:
    """Return all units in the widest format that fits the target.

    Raises:
        PlanError: No format that fits all units is within the target; says what would be.
    """
    units, room = bench.subject.units, room_of(bench, base)
    sizes = room.table(units, bench.formats)
    fits = np.where(np.isfinite(sizes), 0.0, np.inf)
    choice = rivals.uniform(Problem(costs=fits, sizes=sizes, budget=room.bits))
    if choice is None:
        least = float(sizes.sum(axis=0).min())
        words = "no format fits all units"
        if np.isfinite(least):
            words = f"the smallest with one format for all is {room.words(least)}"
        raise PlanError(f"the target {bench.target.words()} is out of reach", hint=words)
    return Candidates(bench, base, units, bench.formats).candidate(choice)
