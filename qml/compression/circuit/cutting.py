"""All cuts of one model: the solver's on the best model of the loss, and its rivals'."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.compression.circuit import rivals
from qml.compression.circuit.counts import Counts
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import Expansion, agreement, expansions, held_out_cuts
from qml.compression.circuit.pieces import of_kind
from qml.compression.circuit.search import Search, reduced, solver_for
from qml.config.sections.compress.circuits import CircuitSection
from qml.ports import Clock, Progress
from qml.seeds import Seeds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cut:
    """One choice of what goes.

    Attributes:
        label: What made it: a solver's name, or a rival's.
        taken: 1 for what goes, shape (pieces,).
        expected: Loss that the model of the loss expects, or None where it was not asked (nats).
        bound: A proven lower bound of that, or None.
        loss: True loss on the training rows that decisions are made on (nats).
        evaluations: Evaluations of the solver, or None where none ran.
        losses: True losses that were measured for it alone.
        seconds: Time of the choice, without what all share (s).
        note: What a reader must know, or empty.
    """

    label: str
    taken: NDArray[np.int8]
    loss: float
    expected: float | None = None
    bound: float | None = None
    evaluations: int | None = None
    losses: int = 0
    seconds: float = 0.0
    note: str = ""


class Measured(NamedTuple):
    """The models of the loss, measured.

    Attributes:
        found: All of them.
        agreements: Rank correlation of each with true losses of held-out cuts.
        losses: True losses that were measured.
        seconds: Time of all of it (s).
    """

    found: list[Expansion]
    agreements: list[float]
    losses: int
    seconds: float

    @property
    def best(self) -> Expansion:
        """The one that orders held-out cuts best; the cheaper one of equals."""
        return self.found[int(np.argmax(self.agreements))]

    def named(self, name: str) -> Expansion:
        """Return one by its name."""
        return next(expansion for expansion in self.found if expansion.name == name)


def measure(
    damage: Damage,
    counts: Counts,
    section: CircuitSection,
    seeds: Seeds,
    *,
    progress: Progress,
    clock: Clock,
) -> Measured:
    """Measure all models of the loss, and hold them against true losses of held-out cuts."""
    began, found = clock.monotonic(), []
    with progress.bar("measuring gates and weights", None) as bar:
        for expansion in expansions(damage, section.pairs):
            found.append(expansion)
            bar.advance(model=expansion.name, losses=f"{damage.evaluations:,}")
        single = next(e.linear for e in found if e.name == "single")
        cuts = held_out_cuts(
            single, damage.pieces, counts, number=section.held_out, seed=seeds["held_out"]
        )
        losses = damage.losses(cuts)
    agreements = [agreement(expansion, cuts, losses) for expansion in found]
    return Measured(found, agreements, damage.evaluations, clock.monotonic() - began)


def cuts_of(
    damage: Damage,
    counts: Counts,
    measured: Measured,
    section: CircuitSection,
    search: Search,
    *,
    solver: str,
    progress: Progress,
) -> Iterator[Cut]:
    """Yield the solver's cut, then its rivals'; ends early where somebody asks to stop."""
    chosen = _solved(damage, counts, measured, search, solver)
    yield chosen
    makers = _makers(damage, counts, measured, search, section, chosen)
    with progress.bar("rivals", len(section.rivals)) as bar:
        for name in section.rivals:
            if search.stop():
                return
            cut = makers[name]()
            if cut is not None:
                yield cut
            bar.advance(rival=name)


def _solved(damage: Damage, counts: Counts, measured: Measured, search: Search, solver: str) -> Cut:
    problem = measured.best.problem(damage.pieces, counts)
    name = solver_for(problem, solver)
    found = search.run(problem, name)
    assert found.best is not None
    return Cut(
        label=name,
        taken=found.best,
        loss=float(damage.losses(found.best[None])[0]),
        expected=found.objective,
        bound=found.bound,
        evaluations=found.evaluations,
        losses=measured.losses,
        seconds=measured.seconds + found.seconds,
        note=f"on the `{measured.best.name}` model of the loss",
    )


def _makers(
    damage: Damage,
    counts: Counts,
    measured: Measured,
    search: Search,
    section: CircuitSection,
    chosen: Cut,
) -> dict[str, Callable[[], Cut | None]]:
    """Return for each rival what makes its cut."""
    first = measured.named("first")

    def timed(label: str, make: Callable[[], NDArray[np.int8]], note: str = "") -> Cut:
        began, before = search.clock.monotonic(), damage.evaluations
        taken = make()
        seconds, losses = search.clock.monotonic() - began, damage.evaluations - before
        return Cut(
            label=label,
            taken=taken,
            loss=float(damage.losses(taken[None])[0]),
            expected=float(measured.best.predict(taken[None])[0]),
            losses=losses,
            seconds=seconds,
            note=note,
        )

    return {
        "magnitude": lambda: timed("magnitude", lambda: rivals.magnitude(damage, counts)),
        "taylor": lambda: timed("taylor", lambda: rivals.taylor(damage, counts, first)),
        "random": lambda: timed("random", lambda: rivals.random(damage, counts, search.seed)),
        "greedy": lambda: timed("greedy", lambda: rivals.greedy(damage, counts), "true losses"),
        "qaoa": lambda: _by_qaoa(damage, counts, measured, search, section, chosen),
    }


def _by_qaoa(
    damage: Damage,
    counts: Counts,
    measured: Measured,
    search: Search,
    section: CircuitSection,
    chosen: Cut,
) -> Cut | None:
    """Let QAOA decide on a few two-qubit gates; None where there is nothing to decide."""
    if len(of_kind(damage.pieces, "two_qubit")) < 2 or not counts.get("two_qubit"):  # noqa: PLR2004 - a choice
        return None
    problem, free = reduced(measured.best, damage.pieces, counts, chosen.taken, most=section.qaoa)
    found = search.run(problem, "qaoa")
    assert found.best is not None
    taken = chosen.taken.copy()
    taken[free] = found.best
    return Cut(
        label="qaoa",
        taken=taken,
        loss=float(damage.losses(taken[None])[0]),
        expected=float(measured.best.predict(taken[None])[0]),
        evaluations=found.evaluations,
        losses=measured.losses,
        seconds=found.seconds,
        note=f"decides on {len(free)} two-qubit gates, the rest as `{chosen.label}` has it",
    )
