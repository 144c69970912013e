"""A feature map on this machine: its kernel, its states, and its twin without entanglement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml import plugins
from qml.algorithms.feature_maps.base import FeatureMap
from qml.circuits import Circuit, CircuitModel, Gate, ZeroProjector

Matrix = NDArray[np.float64]
States = NDArray[np.complex128]


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """A registered feature map, one qubit per feature.

    Attributes:
        name: Registered name.
        repeats: Repetitions.
        entangled: Without, its gates on two and more qubits are left out: the twin.
    """

    name: str
    repeats: int
    entangled: bool = True

    def circuit(self, row: Any) -> Circuit:
        """Return the circuit of one row, shape (features,), radians."""
        family: FeatureMap = plugins.load("feature_maps", self.name)
        whole = family.circuit(row, self.repeats)
        return whole if self.entangled else Circuit.of(whole.wires, _single(whole))

    def states(self, features: Matrix) -> States:
        """Return the states, shape (N, 2**features), wire 0 most significant, in double precision.

        Args:
            features: Angles in radians, shape (N, features).
        """
        import jax

        from qml.engine.compile import states  # after the engine is set up

        function = jax.jit(states(self._model(features), precision="float64"))
        return np.asarray(function(features, np.zeros(0)))

    def _model(self, features: Matrix) -> CircuitModel:
        width = features.shape[1]

        def build(inputs: Any, weights: Any) -> Circuit:
            del weights
            return self.circuit(inputs)

        return CircuitModel(
            wires=width,
            features=width,
            weights_shape=(0,),
            build=build,
            observables=(ZeroProjector(),),
        )

    @property
    def twin(self) -> "Embedding":
        """The same gates without those that entangle."""
        return Embedding(name=self.name, repeats=self.repeats, entangled=False)


def fidelities(states: States) -> Matrix:
    """Return the kernel |<phi(x)|phi(x')>|^2 of states, shape (N, N)."""
    overlaps = states.conj() @ states.T
    return np.square(overlaps.real) + np.square(overlaps.imag)


def entangles(circuit: Circuit) -> bool:
    """Whether a circuit has a gate on two or more qubits."""
    return any(len(gate.wires) > 1 for gate in circuit.gates)


def _single(circuit: Circuit) -> Iterator[Gate]:
    return (gate for gate in circuit.gates if len(gate.wires) == 1)
