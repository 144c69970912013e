"""Everything that the choice of widths works with."""

from dataclasses import dataclass, replace

import numpy as np

from qml.algorithms.solvers import Budget
from qml.compression.bench import Bench
from qml.compression.bits.allocation import Problem
from qml.compression.bits.allocation.searches import Found, search
from qml.compression.bits.allocation.terms import Terms
from qml.compression.bits.budget import room_of
from qml.compression.bits.candidates import Candidates
from qml.compression.bits.sensitivities import measure
from qml.compression.bits.table import Table
from qml.compression.candidate import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What was measured, and the problem that it makes.

    Attributes:
        bench: What every method works with.
        base: What is rounded.
        table: Sensitivities.
        problem: The additive problem.
        candidates: Makes candidates.
    """

    bench: Bench
    base: Candidate
    table: Table
    problem: Problem
    candidates: Candidates

    def terms(self, label: str) -> Terms:
        """Return what a search may use; a replay stops it where it stopped."""
        section = self.bench.section
        chosen = label == section.solver
        return Terms(
            budget=Budget(
                evaluations=section.bits.evaluations,
                seconds=section.seconds,
                until=section.used.get(f"bits/{label}"),
            ),
            seed=self.bench.seeds[f"bits/{label}"],
            options=section.solver_options if chosen else {},
            qubits=section.bits.qubits,
            clock=self.bench.clock,
            stop=self.bench.stop,
        )

    def search(self, label: str) -> Found:
        """Run a solver on the additive problem."""
        return search(label, self.problem, self.terms(label))


def set_up(bench: Bench, base: Candidate) -> Setup:
    """Check that the target is within reach, then measure.

    Raises:
        PlanError: The target is out of reach; nothing was measured.
        InterruptedRunError: Somebody asked to stop.
    """
    room = room_of(bench, base)
    table = measure(bench, base)
    sizes = room.table(table.units, table.formats)
    costs = np.where(np.isfinite(sizes), table.kl, np.inf)
    table = replace(table, bits=sizes)
    problem = Problem(costs=costs, sizes=sizes, budget=room.bits)
    candidates = Candidates(bench, base, table.units, table.formats)
    return Setup(bench=bench, base=base, table=table, problem=problem, candidates=candidates)


def widest(setup: Setup) -> bool:
    """Whether the budget is enough for every unit's largest format."""
    return setup.problem.fits(setup.problem.largest())
