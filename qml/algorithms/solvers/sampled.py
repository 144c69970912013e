"""What solvers made of circuits share: shots from a backend, and a descent that lives on them."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self, cast

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Allowance, Proposals, Task
from qml.circuits import Circuit, Evaluator
from qml.errors import PlanError
from qml.problems import Arrays
from qml.problems.penalty import largest_gain, violations
from qml.results.counts import Counts
from qml.seeds import derive

FEW = 10
"""Shots at each step of a search on the engine: something is found, and little of a budget used."""

Vector = NDArray[np.float64]


def on_engine(evaluator: Evaluator | None) -> bool:
    """Whether exact distributions can be had: without a backend, or on the engine's own."""
    if evaluator is None:
        return True
    backend = getattr(evaluator, "backend", None)
    return evaluator.exact and getattr(backend, "name", None) == "jax"


class Sampler(Protocol):
    """An evaluator that names its places, as that of a run does."""

    shots: int

    def begin(self, stage: str) -> None:
        """Name what comes next; the same place asks for the same work."""
        ...

    def counts(self, circuits: Sequence[Circuit]) -> list[Counts]:
        """Sample every circuit as one submission."""
        ...


class Submission(NamedTuple):
    """Submissions of equal size.

    Attributes:
        times: How many, at most.
        circuits: Circuits in each.
        what: What they are for.
    """

    times: int
    circuits: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a solver asks of a backend at most; a module of a solver tells by `demand`.

    Attributes:
        circuits: A few of the circuits that it will run.
        submissions: What it submits.
        layers: Layers of the circuits.
        parameters: Angles.
        enumerated: Whether the engine finds the angles, and with them all energies.
    """

    circuits: tuple[Circuit, ...]
    submissions: tuple[Submission, ...]
    layers: int = 1
    parameters: int = 0
    enumerated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Runs the circuits of one solver.

    Attributes:
        sampler: Where they run.
        solver: Name of the solver, the root of its places.
        left: What is left of the budget; each shot is one evaluation.
    """

    sampler: Sampler
    solver: str
    left: Allowance

    @classmethod
    def of(cls, task: Task, solver: str) -> Self:
        """Take the backend of a task.

        Raises:
            PlanError: The backend has no shots, or the budget is less than one circuit's.
        """
        sampler = cast("Sampler", task.evaluator)
        if not sampler.shots:
            raise PlanError(
                f"solver `{solver}` samples circuits on this backend, and backend.shots is 0",
                hint="set backend.shots, e.g. 1000; backend jax works with exact distributions",
            )
        machine = cls(sampler=sampler, solver=solver, left=task.left)
        if not machine.affordable(1):
            raise PlanError(
                f"one circuit has {sampler.shots:,} shots, and a shot is an evaluation: the budget"
                f" has {task.left.evaluations(sampler.shots):,}",
                hint="lower backend.shots, or raise the evaluations",
            )
        return machine

    def affordable(self, circuits: int) -> bool:
        """Whether the budget has the shots of so many circuits."""
        wanted = circuits * self.sampler.shots
        return self.left.evaluations(wanted) == wanted

    def run(self, place: str, circuits: Sequence[Circuit]) -> list[Proposals]:
        """Sample circuits as one submission; every shot is a proposal."""
        self.sampler.begin(f"{self.solver}/{place}")
        return [_proposals(counts) for counts in self.sampler.counts(circuits)]


def _proposals(counts: Counts) -> Proposals:
    bits, times = counts.arrays()
    return Proposals(np.repeat(bits, times, axis=0), counts.shots)


def nothing(wires: int) -> Proposals:
    """Return a sign of life: no assignment was looked at."""
    return Proposals(np.empty((0, wires), dtype=np.int8), 0)


class Shots:
    """Draws shots from distributions that are known, within the allowance.

    Args:
        task: The task.
        assignments: Returns the assignments (m, n) of indices (m,).
        each: Shots drawn at a time.
    """

    def __init__(
        self,
        task: Task,
        assignments: Callable[[NDArray[np.int64]], NDArray[np.int8]],
        each: int,
    ) -> None:
        self._left, self._assignments, self._each = task.left, assignments, each
        self._rng = np.random.default_rng(derive(task.seed, "shots"))

    def once(self, chances: Vector) -> Proposals:
        """Draw a few from the probability of each index, (d,): while better angles are sought."""
        return self._drawn(np.cumsum(chances), self._left.evaluations(min(FEW, self._each)))

    def on(self, chances: Vector) -> Iterator[Proposals]:
        """Draw until the allowance ends."""
        upto = np.cumsum(chances)
        while count := self._left.evaluations(self._each):
            yield self._drawn(upto, count)

    def _drawn(self, upto: Vector, count: int) -> Proposals:
        places = np.searchsorted(upto, self._rng.random(count) * upto[-1], side="right")
        return Proposals(self._assignments(np.minimum(places, len(upto) - 1)), count)


def share_mean(
    problem: Arrays, samples: NDArray[np.int8], share: float, penalty: float | None
) -> float:
    """Return the mean cost of the best share of samples; broken constraints cost a penalty."""
    costs = problem.objectives(samples)
    if problem.constrained:
        costs = costs + violations(problem, samples) * (penalty or largest_gain(problem))
    kept = max(1, int(np.ceil(share * len(costs))))
    return float(np.sort(costs)[:kept].mean())


def spsa(start: Vector, seed: int, *, step: float = 0.1) -> Generator[Vector, Vector, None]:
    """Yield two points at a time, and walk down by the values that are sent back.

    Spall, IEEE Trans. Automatic Control 37, 332 (1992), with the usual gains a / (k + 1 + A)^.602
    and c / (k + 1)^.101. The first slope sets a, so that the first step has the length `step`. The
    mean of the two points is where the walk stands.

    Args:
        start: Where to begin, (n,); entries of size one or so.
        seed: Feeds the directions.
        step: Length of the first step and of the probes, per entry.
    """
    rng, x, gain = np.random.default_rng(derive(seed, "spsa")), start, 0.0
    for k in range(10**9):
        width = step / (k + 1) ** 0.101
        direction = rng.choice([-1.0, 1.0], len(x))
        up, down = yield np.stack([x + width * direction, x - width * direction])
        slope = (up - down) / (2 * width)
        gain = gain or step * 11**0.602 / max(abs(float(slope)), 1e-12)
        move = gain / (k + 11) ** 0.602 * float(slope)
        x = x - np.clip(move, -step, step) * direction
