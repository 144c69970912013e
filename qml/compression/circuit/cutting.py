"""All cuts of one model: the solver's on the best model of the loss, and its rivals'."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.compression.circuit import rivals
from qml.compression.circuit.counts import Counts
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import Expansion
from qml.compression.circuit.measuring import Measured
from qml.compression.circuit.pieces import of_kind
from qml.compression.circuit.repeating import Repeated, gradual, repeat
from qml.compression.circuit.search import Search, reduced, solver_for, solver_name
from qml.config.sections.compress.circuits import CircuitSection
from qml.ports import Progress
from qml.seeds import derive


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
        losses: True losses that were measured for it.
        rounds: Times that the loss was expanded around a cut, or None.
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
    rounds: int | None = None
    seconds: float = 0.0
    note: str = ""


def cuts_of(
    damage: Damage,
    counts: Counts,
    measured: Measured,
    section: CircuitSection,
    search: Search,
    *,
    solver: str,
    rounds: int,
    progress: Progress,
) -> Iterator[Cut]:
    """Yield the solver's cut, then its rivals'; ends early where somebody asks to stop.

    Args:
        damage: Measures cuts.
        counts: How many pieces of each kind go.
        measured: The models of the loss.
        section: `[compress.circuit]`.
        search: How solvers search.
        solver: Registered name, or `ilp`: exact where a proof is within reach, else annealing.
        rounds: Most times that the loss is expanded around a cut, all starts together; fewer than
            `[compress.circuit]` allows where a search that ran out of time is repeated.
        progress: Shows that work goes on.
    """
    with progress.bar("searching", None) as bar:
        makers = _Makers(damage, counts, measured, section, search, solver)
        once = makers.once()
        bar.advance(loss=f"{once.loss:.4g}")
        chosen, last = makers.repeated(once, rounds)
        bar.advance(loss=f"{chosen.loss:.4g}")
    yield chosen
    with progress.bar("rivals", len(section.rivals)) as bar:
        for name in section.rivals:
            if search.stop():
                return
            cut = once if name == "once" else makers.rival(name, chosen, last)
            if cut is not None:
                yield cut
            bar.advance(rival=name)


class _Makers(NamedTuple):
    """Makes cuts."""

    damage: Damage
    counts: Counts
    measured: Measured
    section: CircuitSection
    search: Search
    solver: str

    def once(self) -> Cut:
        """Solve the best model of the loss where nothing is cut."""
        best = self.measured.best
        problem = best.problem(self.damage.pieces, self.counts)
        found = self.search.run(problem, solver_for(problem, self.solver))
        assert found.best is not None
        return Cut(
            label="once",
            taken=found.best,
            loss=float(self.damage.losses(found.best[None])[0]),
            expected=found.objective,
            bound=found.bound,
            evaluations=found.evaluations,
            losses=self.measured.losses,
            seconds=self.measured.seconds + found.seconds,
            note=f"`{found.solver}` on the `{best.name}` model of the loss, once",
        )

    def repeated(self, once: Cut, most_rounds: int) -> tuple[Cut, Expansion]:
        """Go on from several cuts, with the loss expanded around the best one each time."""
        before, began = self.damage.evaluations, self.search.clock.monotonic()
        tried, used = self._from_all_starts(once.taken, most_rounds)
        found = min(tried, key=lambda one: one.loss)
        used += sum(one.evaluations for one in tried)
        cut = Cut(
            label="quadratic",
            taken=found.taken,
            loss=found.loss,
            expected=float(found.last.predict(found.taken[None])[0]),
            evaluations=used + (once.evaluations or 0),
            losses=self.damage.evaluations - before + once.losses,
            rounds=sum(one.rounds for one in tried),
            seconds=self.search.clock.monotonic() - began + once.seconds,
            note=f"{solver_name(self.solver)} from {len(tried)} starts",
        )
        return cut, found.last

    def _from_all_starts(
        self, once: NDArray[np.int8], most_rounds: int
    ) -> tuple[list[Repeated], int]:
        """Begin from the solved cut, from one made in stages, and from random ones."""
        second, most = self.measured.named("second").couplings, self.section.pairs
        damage, counts, search, solver = self.damage, self.counts, self.search, self.solver
        staged, used = gradual(damage, counts, second, search, solver=solver, most=most)
        tried, left = list[Repeated](), most_rounds
        for start in (once, staged, *self._drawn()):
            if tried and (left < 1 or search.late()):
                break
            rounds = min(self.section.rounds, left)
            one = repeat(
                damage, counts, start, second, search, solver=solver, most=most, rounds=rounds
            )
            tried, left = [*tried, one], left - one.rounds
        return tried, used

    def _drawn(self) -> list[NDArray[np.int8]]:
        """Draw the random cuts that it begins from."""
        return [
            rivals.random(self.damage, self.counts, derive(self.search.seed, f"start/{number}"))
            for number in range(self.section.starts)
        ]

    def rival(self, name: str, chosen: Cut, last: Expansion) -> Cut | None:
        """Make one rival's cut; None where it has nothing to decide."""
        damage, counts, first = self.damage, self.counts, self.measured.named("first")
        plain: dict[str, Callable[[], NDArray[np.int8]]] = {
            "magnitude": lambda: rivals.magnitude(damage, counts),
            "taylor": lambda: rivals.taylor(damage, counts, first),
            "random": lambda: rivals.random(damage, counts, self.search.seed),
            "greedy": lambda: rivals.greedy(damage, counts),
            "swaps": lambda: rivals.swaps(damage, counts, chosen.losses, self.search.seed),
        }
        return self._timed(name, plain[name]) if name in plain else self._qaoa(chosen, last)

    def _timed(self, label: str, make: Callable[[], NDArray[np.int8]]) -> Cut:
        began, before = self.search.clock.monotonic(), self.damage.evaluations
        taken = make()
        seconds = self.search.clock.monotonic() - began
        losses = self.damage.evaluations - before
        loss = float(self.damage.losses(taken[None])[0])
        return Cut(label=label, taken=taken, loss=loss, losses=losses, seconds=seconds)

    def _qaoa(self, chosen: Cut, last: Expansion) -> Cut | None:
        """Let QAOA decide on a few two-qubit gates; the others are as the solver has them."""
        gates, number = of_kind(self.damage.pieces, "two_qubit"), self.counts.get("two_qubit", 0)
        if not 0 < number < len(gates):
            return None
        problem, free = reduced(
            last, self.damage.pieces, self.counts, chosen.taken, most=self.section.qaoa
        )
        found = self.search.run(problem, "qaoa")
        assert found.best is not None
        taken = chosen.taken.copy()
        taken[free] = found.best
        return Cut(
            label="qaoa",
            taken=taken,
            loss=float(self.damage.losses(taken[None])[0]),
            expected=float(last.predict(taken[None])[0]),
            evaluations=found.evaluations,
            losses=chosen.losses,
            seconds=found.seconds,
            note=f"decides on {len(free)} two-qubit gates, the rest as `{chosen.label}` has it",
        )
