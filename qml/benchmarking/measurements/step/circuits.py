"""The circuits of the training step, as plain lists of gates that every peer reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# name, wires, and ("x", feature), ("w", weight) or None
Gates = list[tuple[str, tuple[int, ...], tuple[str, int] | None]]

LAYERS = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One circuit with its batch.

    Attributes:
        circuit: Name of the circuit.
        wires: Qubits, as many as features.
        batch: Rows.
        gates: The circuit; each weight occurs in one rotation.
        inputs: Rows, shape (batch, wires), float32, radians.
        weights: Shape (weights,), float32, radians.
        inputs_too: Whether gradients for the inputs are asked for beside those of the weights.
    """

    circuit: str
    wires: int
    batch: int
    gates: Gates
    inputs: NDArray[np.float32]
    weights: NDArray[np.float32]
    inputs_too: bool = False

    @classmethod
    def of(
        cls, circuit: str, wires: int, batch: int, *, seed: int = 0, inputs_too: bool = False
    ) -> Self:
        """Build a circuit by name, and draw inputs and weights."""
        gates = CIRCUITS[circuit](wires)
        random = np.random.default_rng(seed)
        count = sum(source is not None and source[0] == "w" for _, _, source in gates)
        return cls(
            circuit=circuit,
            wires=wires,
            batch=batch,
            gates=gates,
            inputs=random.uniform(0, np.pi, (batch, wires)).astype(np.float32),
            weights=random.uniform(0, 2 * np.pi, count).astype(np.float32),
            inputs_too=inputs_too,
        )

    @property
    def title(self) -> str:
        """What to call it in a message."""
        return f"{self.circuit} n={self.wires} B={self.batch}"

    def document(self) -> dict[str, Any]:
        """Return it as JSON for a peer in another process."""
        return {
            "wires": self.wires,
            "gates": self.gates,
            "inputs": self.inputs.tolist(),
            "weights": self.weights.tolist(),
            "inputs_too": self.inputs_too,
        }


def _encoding(wires: int) -> Gates:
    return [("ry", (i,), ("x", i)) for i in range(wires)]


def _layer(wires: int, layer: int) -> Gates:
    first = 3 * wires * layer
    rotations: Gates = [
        (name, (i,), ("w", first + 3 * i + j))
        for i in range(wires)
        for j, name in enumerate(("rz", "ry", "rz"))
    ]
    return rotations + [("cnot", (i, (i + 1) % wires), None) for i in range(wires)]


def layered(wires: int) -> Gates:
    """Encoding, then layers of rotations and a ring of CNOTs."""
    layers = [gate for layer in range(LAYERS) for gate in _layer(wires, layer)]
    return _encoding(wires) + layers


def reuploading(wires: int) -> Gates:
    """The same with the encoding before each layer."""
    return [g for layer in range(LAYERS) for g in _encoding(wires) + _layer(wires, layer)]


def shuffled(wires: int) -> Gates:
    """Encoding, then as many rotations and CNOTs as `layered` in random order on random wires."""
    random = np.random.default_rng(wires)
    kinds = np.array(["r"] * (3 * wires * LAYERS) + ["c"] * (wires * LAYERS))
    random.shuffle(kinds)
    gates, weight = _encoding(wires), 0
    for kind in kinds:
        if kind == "c":
            a, b = (int(w) for w in random.permutation(wires)[:2])
            gates.append(("cnot", (a, b), None))
        else:
            name = ("rx", "ry", "rz")[random.integers(3)]
            gates.append((name, (int(random.integers(wires)),), ("w", weight)))
            weight += 1
    return gates


CIRCUITS: dict[str, Callable[[int], Gates]] = {
    "layers": layered,
    "random": shuffled,
    "reuploading": reuploading,
}
