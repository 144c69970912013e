"""A problem as a program of the diagonal engine: its assignments, their costs, a mixer, a start."""

from dataclasses import dataclass
from typing import Literal

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.penalty import penalties
from qml.algorithms.solvers.qaoa.space import (
    LARGEST,
    feasible_assignments,
    in_chunks,
    kept_by_exchanges,
)
from qml.engine.diagonal import (
    DiagonalProgram,
    GroverMixer,
    PairMixer,
    bits_of,
    product_start,
    quadratic_costs,
    x_mixer,
)
from qml.engine.diagonal.pairs import exchange_partners
from qml.errors import PlanError
from qml.problems import Arrays, Group

MixerName = Literal["x", "xy", "grover"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ansatz:
    """A program, and what its indices mean.

    Attributes:
        program: Layers on the engine.
        costs: What is minimised, with penalties where the mixer needs them, (d,).
        samples: Assignment of each index, (d, n), or None where they are all 2**n in order.
        wires: Number of variables.
    """

    program: DiagonalProgram
    costs: NDArray[np.float64]
    samples: NDArray[np.int8] | None
    wires: int

    def assignments(self, indices: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return the assignments of indices, (m, n)."""
        return bits_of(indices, self.wires) if self.samples is None else self.samples[indices]


def choose_mixer(problem: Arrays, options: Options) -> MixerName:
    """Resolve `auto`, and refuse a mixer that leaves the constraints.

    Raises:
        PlanError: xy cannot keep the constraints.
    """
    kept = kept_by_exchanges(problem)
    if options.mixer == "xy" and not kept:
        raise PlanError(
            "the xy mixer keeps disjoint groups with a fixed number of ones each, and nothing else",
            hint="mixer = 'grover' keeps any constraint, 'x' pays a penalty",
        )
    if options.mixer != "auto":
        return options.mixer
    if not problem.constrained:
        return "x"
    return "xy" if kept else "grover"


def build(
    problem: Arrays, options: Options, *, angles: NDArray[np.float64] | None = None
) -> Ansatz:
    """Compute all energies, and put the program together.

    Args:
        problem: The problem.
        options: Settings.
        angles: Angles of a warm start, (n,), for the x mixer.

    Raises:
        PlanError: The state is too large, or the mixer cannot keep the constraints.
    """
    if choose_mixer(problem, options) == "x":
        return _with_x(problem, options, angles)
    if not problem.constrained:  # all assignments, for Grover's mixer
        return _all_alike(problem)
    samples = feasible_assignments(problem)
    mixer = _exchanging(problem, samples, options) if _is_xy(problem, options) else GroverMixer()
    return _uniform(problem, in_chunks(problem.objectives, samples), samples, mixer)


def precision() -> str:
    """Return the precision that JAX works in."""
    return "float64" if jax.config.jax_enable_x64 else "float32"


def _is_xy(problem: Arrays, options: Options) -> bool:
    return choose_mixer(problem, options) == "xy"


def _with_x(problem: Arrays, options: Options, angles: NDArray[np.float64] | None) -> Ansatz:
    refuse_large(problem.size)
    costs = quadratic_costs(problem.linear, problem.couplings, problem.offset)
    if problem.constrained:
        costs += penalties(problem, options.penalty)
    start = product_start(problem.size, angles)
    mixer = x_mixer(problem.size, precision(), angles)
    program = DiagonalProgram.of(costs, mixer, start, precision=precision())
    return Ansatz(program=program, costs=costs, samples=None, wires=problem.size)


def _all_alike(problem: Arrays) -> Ansatz:
    refuse_large(problem.size)
    costs = quadratic_costs(problem.linear, problem.couplings, problem.offset)
    return _uniform(problem, costs, None, GroverMixer())


def _uniform(
    problem: Arrays,
    costs: NDArray[np.float64],
    samples: NDArray[np.int8] | None,
    mixer: GroverMixer | PairMixer,
) -> Ansatz:
    start = np.full(len(costs), len(costs) ** -0.5)
    program = DiagonalProgram.of(costs, mixer, start, precision=precision())
    return Ansatz(program=program, costs=costs, samples=samples, wires=problem.size)


def _exchanging(problem: Arrays, samples: NDArray[np.int8], options: Options) -> PairMixer:
    pairs = exchanged_pairs(problem.groups, options.pairs)
    taken = {i for g in problem.groups for i in g.members}
    flips = [i for i in range(problem.size) if i not in taken]
    return PairMixer(partners=jnp.asarray(exchange_partners(samples, pairs, flips)))


def exchanged_pairs(
    groups: tuple[Group, ...], kind: Literal["ring", "complete"]
) -> list[tuple[int, int]]:
    """Return the wires that xy exchanges, in the order of its factors.

    A ring goes over its even, then its odd pairs, so that each half can run at once.
    """
    found: list[tuple[int, int]] = []
    for members in (g.members for g in groups):
        size = len(members)
        if kind == "complete":
            found += [(members[i], members[j]) for i in range(size) for j in range(i + 1, size)]
            continue
        ends = size if size > 2 else size - 1  # noqa: PLR2004 - two make one pair
        ring = [(members[i], members[(i + 1) % size]) for i in range(ends)]
        found += ring[0::2] + ring[1::2]
    return found


def refuse_large(wires: int) -> None:
    """Refuse a state that no memory holds.

    Raises:
        PlanError: It has too many amplitudes.
    """
    if 1 << wires > LARGEST:
        raise PlanError(
            f"{wires} variables make {1 << wires:,} amplitudes; a state may have {LARGEST:,}",
            hint="another solver, e.g. annealing, or a backend with that many qubits",
        )
