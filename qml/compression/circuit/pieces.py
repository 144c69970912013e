"""What may be taken out of a trained model: gates with trained angles, two-qubit gates, weights."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.gradients.parameter_shift import angles_of
from qml.algorithms.models import Params, VariationalModel
from qml.circuits import Gate, trace
from qml.circuits.template import Slot, Template
from qml.compression.circuit.fading import FIXED, PERIODS, nearest

Kind = Literal["rotation", "two_qubit", "weight"]
KINDS: tuple[Kind, ...] = ("two_qubit", "rotation", "weight")
"""Gates on two wires, trained gates on one, entries of classical matrices."""

CIRCUIT = "weights"
"""The array of a model that its circuit takes; the others are classical."""


class Piece(NamedTuple):
    """Something that may be taken out.

    Attributes:
        kind: What it is.
        place: Position of the gate in the circuit, or of the weight in its flattened array.
        array: Array of the model that holds the weight; empty for gates.
        size: How far it is from doing nothing: angle (radians), or absolute value.
        label: For people, e.g. `cnot 0 1`.
    """

    kind: Kind
    place: int
    array: str
    size: float
    label: str


def pieces_of(
    model: VariationalModel, params: Params, features: NDArray[np.floating]
) -> list[Piece]:
    """List what may be taken out: gates in the order of the circuit, then classical weights.

    Gates without trained angles on one wire stay: encodings carry the data, and a Hadamard costs
    next to nothing. So do gates on three wires, and native pulses that no angle turns off.

    Args:
        model: The model.
        params: Its trained arrays.
        features: Prepared rows, shape (N, d), over which angles that depend on them are averaged.
    """
    template = trace(model.circuit)
    angles = np.asarray(angles_of(model, template)(params, features), dtype=float)
    gates = list(_gates(template, angles))
    weights = [piece for name in matrices(params) for piece in _weights(name, params[name])]
    return [*gates, *weights]


def matrices(params: Params) -> list[str]:
    """Return the names of the classical matrices; biases and scales are no matrices."""
    return sorted(k for k, v in params.items() if k != CIRCUIT and np.ndim(v) > 1)


def of_kind(pieces: Sequence[Piece], kind: Kind) -> NDArray[np.int64]:
    """Return the numbers of the pieces of one kind."""
    return np.array([i for i, piece in enumerate(pieces) if piece.kind == kind], dtype=np.int64)


def gates_of(pieces: Sequence[Piece]) -> list[int]:
    """Return the positions of all gates among the pieces."""
    return [piece.place for piece in pieces if not piece.array]


def _gates(template: Template, angles: NDArray[np.floating]) -> Iterator[Piece]:
    for place, gate in enumerate(template.gates):
        kind = _kind(gate, template)
        if kind is not None:
            label = " ".join([gate.name, *map(str, gate.wires)])
            yield Piece(kind, place, "", _angle(gate, angles), label)


def _kind(gate: Gate, template: Template) -> Kind | None:
    if gate.name in FIXED:
        return "two_qubit"
    if gate.name not in PERIODS:
        return None
    if len(gate.wires) > 1:
        return "two_qubit"
    trained = any(isinstance(p, Slot) and template.on_weights[p.index] for p in gate.params)
    return "rotation" if trained else None


def _angle(gate: Gate, angles: NDArray[np.floating]) -> float:
    """Return the mean size of the angle that turns a gate off; half a turn where it is fixed."""
    if gate.name in FIXED:
        return float(np.pi)
    period = PERIODS[gate.name]
    value: Any = gate.params[0 if len(gate.params) != len(gate.wires) + 1 else -1]
    seen = angles[:, value.index] if isinstance(value, Slot) else np.array([float(value)])
    turned = np.abs(nearest(np, seen, period)) * (2 * np.pi if period == 1 else 1)
    return float(turned.mean())


def _weights(name: str, values: Any) -> Iterator[Piece]:
    flat = np.abs(np.asarray(values, dtype=float)).ravel()
    for place, size in enumerate(flat.tolist()):
        yield Piece("weight", place, name, size, f"{name}[{place}]")
