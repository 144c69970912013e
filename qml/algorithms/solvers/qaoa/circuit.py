"""QAOA as a circuit for any backend."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.qaoa.angles import Angles
from qml.algorithms.solvers.qaoa.ansatz import MixerName, exchanged_pairs
from qml.algorithms.solvers.qaoa.controlled import phase_of_ones
from qml.algorithms.solvers.qaoa.dicke import prepare_group
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.space import kept_by_groups
from qml.algorithms.solvers.qaoa.spins import Spins
from qml.circuits import Circuit, Gate
from qml.errors import PlanError
from qml.problems import Arrays
from qml.problems.penalty import penalised


class QaoaCircuits:
    """The circuits of one problem, as the engine would run them.

    Args:
        problem: The problem.
        options: Settings.
        mixer: Which mixer.
        warm: Angles of a warm start, (n,), or None.

    Raises:
        PlanError: No circuit of this mixer keeps the constraints.
    """

    def __init__(
        self,
        problem: Arrays,
        options: Options,
        mixer: MixerName,
        warm: NDArray[np.float64] | None = None,
    ) -> None:
        if mixer == "grover" and problem.constrained and not kept_by_groups(problem):
            raise PlanError(
                "no circuit is known that superposes exactly the assignments of these constraints",
                hint="disjoint groups can be prepared; else mixer = 'x' with equations, or backend"
                " jax with backend.shots = 0",
            )
        self._problem, self._options, self._mixer, self._warm = problem, options, mixer, warm
        self._spins = Spins.of(penalised(problem, options.penalty) if mixer == "x" else problem)
        self._start = tuple(self._prepare())

    def bind(self, angles: Angles) -> Circuit:
        """Return the circuit of these angles."""
        gates = list(self._start)
        for gamma, beta in zip(*(a.tolist() for a in angles), strict=True):
            gates += self._phase(gamma)
            gates += self._mix(beta)
        return Circuit.of(self._problem.size, gates)

    def _free(self) -> list[int]:
        taken = {i for g in self._problem.groups for i in g.members}
        kept = set() if self._mixer == "x" else taken
        return [i for i in range(self._problem.size) if i not in kept]

    def _prepare(self) -> Iterator[Gate]:
        if self._warm is not None:
            yield from (Gate("ry", (i,), (t,)) for i, t in enumerate(self._warm.tolist()))
            return
        yield from (Gate("h", (i,)) for i in self._free())
        if self._mixer != "x":
            for group in self._problem.groups:
                yield from prepare_group(group)

    def _phase(self, gamma: float) -> Iterator[Gate]:
        """exp(-i gamma E): RZ(2 gamma h) and RZZ(2 gamma J)."""
        for i, field in enumerate(self._spins.fields.tolist()):
            if field:
                yield Gate("rz", (i,), (2 * gamma * field,))
        for i, j, coupling in self._spins.pairs:
            yield Gate("rzz", (i, j), (2 * gamma * coupling,))

    def _mix(self, beta: float) -> Iterator[Gate]:
        if self._mixer == "grover":
            yield from self._reflect(beta)
            return
        if self._mixer == "xy":
            for pair in exchanged_pairs(self._problem.groups, self._options.pairs):
                yield Gate("rxx", pair, (beta,))
                yield Gate("ryy", pair, (beta,))
        for i in self._free():
            yield from self._rotate(i, beta)

    def _rotate(self, wire: int, beta: float) -> Iterator[Gate]:
        if self._warm is None:
            yield Gate("rx", (wire,), (2 * beta,))
            return
        angle = float(self._warm[wire])
        yield Gate("ry", (wire,), (-angle,))
        yield Gate("rz", (wire,), (2 * beta,))
        yield Gate("ry", (wire,), (angle,))

    def _reflect(self, beta: float) -> Iterator[Gate]:
        """exp(-i beta |s><s|): back to |0...0>, its phase, and forth."""
        wires = range(self._problem.size)
        yield from Circuit(self._problem.size, self._start).inverse().gates
        yield from (Gate("x", (i,)) for i in wires)
        yield from phase_of_ones(-beta, wires)
        yield from (Gate("x", (i,)) for i in wires)
        yield from self._start
