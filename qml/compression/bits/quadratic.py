"""The allocation with pair terms, where they predict better than the sum of sensitivities."""

from dataclasses import replace
from typing import NamedTuple

from qml.compression.bench import Bench
from qml.compression.bits.allocation import Choice, Problem
from qml.compression.bits.allocation.greedy import repair
from qml.compression.bits.allocation.searches import QUBO, Found, search
from qml.compression.bits.desk import Desk
from qml.compression.bits.heldout import Check, held_out_check
from qml.compression.bits.heldout_allocations import others, true_divergences
from qml.compression.bits.lines import Line, line
from qml.compression.bits.pairs import interactions, measure_pairs
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


def weigh(desk: Desk, additive: Choice) -> Verdict:
    """Measure pairs, check them, and choose by them where they predict better.

    Args:
        desk: The additive problem.
        additive: What was chosen without pairs.

    Returns:
        The verdict; where somebody asked to stop before, the additive choice stands.
    """
    if not wanted(desk.bench):
        return Verdict(None, None, better=False, note="")
    try:
        return _weighed(desk, additive)
    except InterruptedRunError:
        return Verdict(None, None, better=False, note="pair terms are not used: stopped before")


def _weighed(desk: Desk, additive: Choice) -> Verdict:
    pairs = measure_pairs(desk.bench, desk.base, desk.table, desk.bench.section.bits.pairs)
    check = held_out_check(desk.bench, desk.base, desk.table, pairs, desk.problem.budget)
    if not check.use:
        return Verdict(check, None, better=False, note=check.words)
    problem = replace(desk.problem, pairs=interactions(desk.table, pairs))
    found = _search(desk, problem, additive)
    true = true_divergences(desk.bench, desk.base, desk.table, [additive, found.choice])
    better = bool(true[1] < true[0])
    words = "less" if better else "not less"
    note = (
        f"{check.words}; on calibration text that neither was made on the quadratic choice diverges"
        f" by {true[1]:.4g}, the additive one by {true[0]:.4g}: {words}"
    )
    return Verdict(check, line(desk, LABEL, found, rival=not better), better=better, note=note)


def _search(desk: Desk, problem: Problem, additive: Choice) -> Found:
    """Solve the QUBO; begin again from the additive choice where that leads lower."""
    solver = desk.bench.section.solver
    solver = solver if solver in QUBO else "annealing"
    terms = desk.terms(LABEL)
    if solver == desk.bench.section.solver:
        terms = replace(terms, options=desk.bench.section.solver_options)
    found = search(solver, problem, terms)
    other = repair(problem, additive)
    note = f"by {solver}: {found.note}"
    if problem.objective(other) < problem.objective(found.choice):
        found = replace(found, choice=other)
        note += "; repaired from the additive choice, which led lower"
    return replace(found, note=f"{note}; quadratic objective {problem.objective(found.choice):.5g}")
