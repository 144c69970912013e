"""From PennyLane's operations to gates; what has no gate of its own is decomposed."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pennylane as qp

from qml.circuits.circuit import Gate
from qml.circuits.gates import adjoint
from qml.errors import CircuitError

Labels = dict[Any, int]

_NAMES = {
    "Identity": "id",
    "PauliX": "x",
    "PauliY": "y",
    "PauliZ": "z",
    "Hadamard": "h",
    "S": "s",
    "T": "t",
    "SX": "sx",
    "RX": "rx",
    "RY": "ry",
    "RZ": "rz",
    "PhaseShift": "phase",
    "U1": "phase",
    "U3": "u3",
    "CNOT": "cnot",
    "CY": "cy",
    "CZ": "cz",
    "CH": "ch",
    "SWAP": "swap",
    "ISWAP": "iswap",
    "CRX": "crx",
    "CRY": "cry",
    "CRZ": "crz",
    "ControlledPhaseShift": "cphase",
    "IsingXX": "rxx",
    "IsingYY": "ryy",
    "IsingZZ": "rzz",
    "Toffoli": "ccnot",
    "CCZ": "ccz",
    "CSWAP": "cswap",
}
_ROTATIONS = {
    "X": "rx",
    "Y": "ry",
    "Z": "rz",
    "XX": "rxx",
    "YY": "ryy",
    "ZZ": "rzz",
}
_SILENT = {"GlobalPhase", "Barrier", "WireCut", "Snapshot"}  # no effect on what is measured


def gates(operation: Any, labels: Labels) -> Iterator[Gate]:
    """Translate one operation.

    Args:
        operation: A PennyLane operation; parameters may be traced.
        labels: Number of each wire label.

    Raises:
        CircuitError: It measures within the circuit, is applied to a batch of parameters, or has
            no decomposition.
    """
    name = _gate_name(operation)
    if name is not None:
        yield Gate(name, _wires(operation, labels), _params(operation))
    elif isinstance(operation, qp.ops.op_math.Adjoint) and _gate_name(operation.base):
        yield from _adjoint(operation.base, labels)
    elif operation.name not in _SILENT:
        for part in _parts(operation):
            yield from gates(part, labels)


def _gate_name(operation: Any) -> str | None:
    """Name of the gate that does the same, if there is one."""
    if operation.name == "Identity" and len(operation.wires) != 1:
        return None
    if operation.name == "MultiRZ":
        return _ROTATIONS.get("Z" * len(operation.wires))
    if operation.name == "PauliRot":
        return _ROTATIONS.get(operation.hyperparameters["pauli_word"])
    return _NAMES.get(operation.name)


def _adjoint(base: Any, labels: Labels) -> Iterator[Gate]:
    name, params = adjoint(_gate_name(base) or "", _params(base))
    yield Gate(name, _wires(base, labels), params)


def _wires(operation: Any, labels: Labels) -> tuple[int, ...]:
    return tuple(labels[w] for w in operation.wires)


def _params(operation: Any) -> tuple[Any, ...]:
    for parameter in operation.data:
        if np.ndim(parameter) != 0:
            raise CircuitError(
                f"`{operation.name}` is applied to parameters of shape {np.shape(parameter)}",
                hint="the function gets one sample at a time: index `inputs` and `weights`",
            )
    return tuple(operation.data)


def _parts(operation: Any) -> list[Any]:
    if operation.name == "Identity":
        return []
    if operation.name in ("MidMeasureMP", "MidMeasure", "Conditional", "PauliMeasure"):
        raise CircuitError(
            "the circuit measures a wire before its end",
            hint="return `qp.expval(...)` at the end only",
        )
    if not operation.has_decomposition:
        raise CircuitError(
            f"`{operation.name}` has no decomposition into gates",
            hint="write it with gates, or as `qp.QubitUnitary` on one or two wires",
        )
    with qp.queuing.QueuingManager.stop_recording():
        return list(operation.decomposition())
