"""Lines of the result: what was chosen, and its rivals."""

from collections.abc import Callable

from qml.compression.bench import Entry
from qml.compression.bits.allocation import Choice, rivals
from qml.compression.bits.allocation.searches import Found, search
from qml.compression.bits.allocation.terms import Terms
from qml.compression.bits.layers import groups_of, measure_layers
from qml.compression.bits.setup import Setup

Line = tuple[Entry, Choice]
"""A line, and its allocation."""


def line(setup: Setup, label: str, found: Found, *, rival: bool) -> Line:
    """Return the line of an allocation; the objective is the additive one of the tensors."""
    entry = Entry(
        label=label,
        candidate=setup.candidates.candidate(found.choice),
        objective=setup.problem.objective(found.choice),
        bound=found.bound,
        seconds=found.seconds,
        evaluations=found.evaluations,
        rival=rival,
        note=found.note,
    )
    return entry, found.choice


def rival(setup: Setup, label: str, chosen: Choice) -> Found | str:
    """Return what a rival chooses, or why there is none."""
    return _RIVALS.get(label, _search(label))(setup, chosen)


def _search(label: str) -> Callable[[Setup, Choice], Found | str]:
    return lambda setup, _: setup.search(label)


def _uniform(setup: Setup, chosen: Choice) -> Found | str:
    del chosen
    found = rivals.uniform(setup.problem)
    if found is None:
        return "no one format for all tensors is within the target"
    return Found(choice=found, note=_below(setup, found))


def _random(setup: Setup, chosen: Choice) -> Found:
    note = "the chosen formats, dealt anew among tensors of equal size: one draw"
    seed = setup.terms("random").seed
    return Found(choice=rivals.permuted(setup.problem, chosen, seed), note=note)


def _layers(setup: Setup, chosen: Choice) -> Found | str:
    """Choose one format per layer from sensitivities of whole layers, to the optimum."""
    del chosen
    groups = groups_of(setup.table)
    costs = measure_layers(setup.bench, setup.base, setup.table)
    problem = rivals.grouped(setup.problem, groups, costs)
    if not problem.fits(problem.smallest()):
        return "one format per layer does not reach the target"
    terms = setup.terms("layers")
    found = search("ilp", problem, Terms(budget=terms.budget, clock=terms.clock, stop=terms.stop))
    note = f"{len(costs)} layers, measured as wholes; optimal, as dynamic programming would be"
    return Found(
        choice=found.choice[groups],
        evaluations=found.evaluations,
        seconds=found.seconds,
        note="; ".join(filter(None, (note, found.note))),
        interrupted=found.interrupted,
    )


def _below(setup: Setup, choice: Choice) -> str:
    size, budget = setup.problem.size(choice), setup.problem.budget
    return f"takes {100 * size / budget:.1f} % of the budget" if size < 0.995 * budget else ""


_RIVALS: dict[str, Callable[[Setup, Choice], Found | str]] = {
    "uniform": _uniform,
    "random": _random,
    "layers": _layers,
}
RIVALS = tuple(_RIVALS)
