"""The allocation with pair terms, where they predict better than the sum of sensitivities."""

from dataclasses import replace
from typing import NamedTuple

from qml.compression.bench import Bench
from qml.compression.bits.allocation import Choice, Problem
from qml.compression.bits.allocation.greedy import repair
from qml.compression.bits.allocation.searches import QUBO, Found, search
from qml.compression.bits.heldout import Check, held_out_check
from qml.compression.bits.heldout_allocations import others, true_divergences
from qml.compression.bits.lines import Line, line
from qml.compression.bits.pairs import interactions, measure_pairs
from qml.compression.bits.setup import Setup
from qml.errors import InterruptedRunError

LABEL = "quadratic"


class Verdict(NamedTuple):
    """What pair terms are worth here.

    Attributes:
        check: Both models on held-out allocations; None where no pairs were measured.
        line: The quadratic choice, None where pair terms are not used.
        better: Whether it beat the additive choice on calibration text that neither was made on.
        note: For the reader.
    """

    check: Check | None
    line: Line | None
    better: bool
    note: str


def wanted(bench: Bench) -> bool:
    """Whether pairs are measured at all."""
    section = bench.section.bits
    return section.quadratic != "never" and section.pairs > 0


def check_text(bench: Bench) -> None:
    """Refuse a calibration that leaves no text for the check, before anything is measured.

    Raises:
        DataError: All of it is used for the sensitivities.
    """
    if wanted(bench):
        others(bench)


def weigh(setup: Setup, additive: Choice) -> Verdict:
    """Measure pairs, check them, and choose by them where they predict better.

    Args:
        setup: The additive problem.
        additive: What was chosen without pairs.

    Returns:
        The verdict; where somebody asked to stop before, the additive choice stands.
    """
    if not wanted(setup.bench):
        return Verdict(None, None, better=False, note="")
    try:
        return _weighed(setup, additive)
    except InterruptedRunError:
        return Verdict(None, None, better=False, note="pair terms are not used: stopped before")


def _weighed(setup: Setup, additive: Choice) -> Verdict:
    pairs = measure_pairs(setup.bench, setup.base, setup.table, setup.bench.section.bits.pairs)
    check = held_out_check(setup.bench, setup.base, setup.table, pairs, setup.problem.budget)
    if not check.use:
        return Verdict(check, None, better=False, note=check.words)
    problem = replace(setup.problem, pairs=interactions(setup.table, pairs))
    found = _search(setup, problem, additive)
    true = true_divergences(setup.bench, setup.base, setup.table, [additive, found.choice])
    better = bool(true[1] < true[0])
    words = "less" if better else "not less"
    note = (
        f"{check.words}; on calibration text that neither was made on the quadratic choice diverges"
        f" by {true[1]:.4g}, the additive one by {true[0]:.4g}: {words}"
    )
    return Verdict(check, line(setup, LABEL, found, rival=not better), better=better, note=note)


def _search(setup: Setup, problem: Problem, additive: Choice) -> Found:
    """Solve the QUBO; begin again from the additive choice where that leads lower."""
    solver = setup.bench.section.solver
    solver = solver if solver in QUBO else "annealing"
    terms = setup.terms(LABEL)
    if solver == setup.bench.section.solver:
        terms = replace(terms, options=setup.bench.section.solver_options)
    found = search(solver, problem, terms)
    other = repair(problem, additive)
    note = f"by {solver}: {found.note}"
    if problem.objective(other) < problem.objective(found.choice):
        found = replace(found, choice=other)
        note += "; repaired from the additive choice, which led lower"
    return replace(found, note=f"{note}; quadratic objective {problem.objective(found.choice):.5g}")
