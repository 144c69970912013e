"""Lines of the result: what was chosen, and its rivals."""

from collections.abc import Callable

from qml.compression.bench import Entry
from qml.compression.bits.allocation import Choice, rivals
from qml.compression.bits.allocation.searches import Found, search
from qml.compression.bits.allocation.terms import Terms
from qml.compression.bits.desk import Desk
from qml.compression.bits.layers import groups_of, measure_layers

Line = tuple[Entry, Choice]
"""A line, and its allocation."""


def line(desk: Desk, label: str, found: Found, *, rival: bool) -> Line:
    """Return the line of an allocation; the objective is the additive one of the tensors."""
    entry = Entry(
        label=label,
        candidate=desk.shelf.candidate(found.choice),
        objective=desk.problem.objective(found.choice),
        bound=found.bound,
        seconds=found.seconds,
        evaluations=found.evaluations,
        rival=rival,
        note=found.note,
    )
    return entry, found.choice


def rival(desk: Desk, label: str, chosen: Choice) -> Found | str:
    """Return what a rival chooses, or why there is none."""
    return _RIVALS.get(label, _search(label))(desk, chosen)


def _search(label: str) -> Callable[[Desk, Choice], Found | str]:
    return lambda desk, _: desk.search(label)


def _uniform(desk: Desk, chosen: Choice) -> Found | str:
    del chosen
    found = rivals.uniform(desk.problem)
    if found is None:
        return "no one format for all tensors is within the target"
    return Found(choice=found, note=_below(desk, found))


def _random(desk: Desk, chosen: Choice) -> Found:
    note = "the chosen formats, dealt anew among tensors of equal size: one draw"
    seed = desk.terms("random").seed
    return Found(choice=rivals.permuted(desk.problem, chosen, seed), note=note)


def _layers(desk: Desk, chosen: Choice) -> Found | str:
    """Choose one format per layer from sensitivities of whole layers, to the optimum."""
    del chosen
    groups = groups_of(desk.table)
    costs = measure_layers(desk.bench, desk.base, desk.table)
    problem = rivals.grouped(desk.problem, groups, costs)
    if not problem.fits(problem.smallest()):
        return "one format per layer does not reach the target"
    terms = desk.terms("layers")
    found = search("ilp", problem, Terms(budget=terms.budget, clock=terms.clock, stop=terms.stop))
    note = f"{len(costs)} layers, measured as wholes; optimal, as dynamic programming would be"
    return Found(
        choice=found.choice[groups],
        evaluations=found.evaluations,
        seconds=found.seconds,
        note="; ".join(filter(None, (note, found.note))),
        interrupted=found.interrupted,
    )


def _below(desk: Desk, choice: Choice) -> str:
    size, budget = desk.problem.size(choice), desk.problem.budget
    return f"takes {100 * size / budget:.1f} % of the budget" if size < 0.995 * budget else ""


_RIVALS: dict[str, Callable[[Desk, Choice], Found | str]] = {
    "uniform": _uniform,
    "random": _random,
    "layers": _layers,
}
RIVALS = tuple(_RIVALS)
