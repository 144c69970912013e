"""Gates of IonQ's JSON circuits, in the dialects of all clients.

QIS gates (IonQ, API v0.4, `Gate_QisGate`) take `rotation` in radians; native gates
(`Gate_NativeGate`) take phases in turns and `angle`, which multiplies pi. Clients write `target` or
`targets`, `control` or `controls`; Cirq writes the angle of a native `zz` as `phase`, and Qiskit a
phase gate as a `z` with a `rotation`.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits.gates import matrix
from qml.emulators.ionq.answers import bad_request
from qml.emulators.ionq.programs.pauli import pauli_exponentials
from qml.emulators.ionq.programs.steps import Place, Unitary

QIS = {
    "x": "x",
    "not": "x",
    "cnot": "x",
    "y": "y",
    "z": "z",
    "h": "h",
    "s": "s",
    "si": "sdg",
    "t": "t",
    "ti": "tdg",
    "v": "sx",
    "vi": "sxdg",
    "rx": "rx",
    "ry": "ry",
    "rz": "rz",
    "swap": "swap",
    "xx": "rxx",
    "yy": "ryy",
    "zz": "rzz",
}
"""QIS gates and their names in `qml.circuits.gates`; `pauliexp` is read apart."""

NATIVE = frozenset({"gpi", "gpi2", "ms", "zz"})

_ROTATIONS = frozenset({"rx", "ry", "rz", "rxx", "ryy", "rzz"})
_PAIRS = frozenset({"swap", "rxx", "ryy", "rzz", "ms", "zz"})


def read_gate(entry: Mapping[str, Any], gateset: str, qubits: int, where: str) -> list[Unitary]:
    """Read one gate; `nop` and `id` are no steps.

    Args:
        entry: The gate as it was sent.
        gateset: `qis` or `native`.
        qubits: Qubits of the circuit.
        where: Path of the gate in the request, for messages.

    Raises:
        ApiError: 400, the gate is unknown or malformed.
    """
    if not isinstance(entry, Mapping):
        raise bad_request(f'"{where}" must be an object.', where)
    name = entry.get("gate")
    if name in {"nop", "id"}:
        return []
    targets = _wires(entry, "target", where)
    controls = _wires(entry, "control", where)
    _check_wires(controls + targets, qubits, where)
    if gateset == "qis" and name == "pauliexp":
        return pauli_exponentials(entry, targets, where)
    if gateset == "qis" and name in QIS:
        return [_qis(entry, name, targets, controls, where)]
    if gateset == "native" and name in NATIVE:
        return [_native(entry, str(name), targets, where)]
    raise bad_request(
        f'"{where}.gate": `{name}` is not a gate of the gateset `{gateset}`.', f"{where}.gate"
    )


def controlled(target: NDArray[np.complex128], controls: int) -> NDArray[np.complex128]:
    """Put controls before a unitary."""
    size = len(target)
    whole = np.eye(size << controls, dtype=np.complex128)
    whole[-size:, -size:] = target
    return whole


def unitary(
    target: NDArray[np.complex128], wires: tuple[int, ...], controls: tuple[int, ...] = ()
) -> Unitary:
    """Make a step of a matrix on `wires`, with controls."""
    wide = controls + wires
    return Unitary(controlled(target, len(controls)), wide, places(wide))


def places(wires: tuple[int, ...]) -> tuple[Place, ...]:
    """Return the physical gates of a gate that is sent whole.

    A multi-controlled gate on N >= 3 qubits counts as 6 (N - 2) two-qubit gates (Azure's price page
    for IonQ); they are laid on neighbouring pairs of its qubits in turn.
    """
    if len(wires) <= 2:  # noqa: PLR2004 - one gate of the machine
        return (wires,)
    pairs = [(a, b) for a, b in pairwise(wires)]
    return tuple(pairs[i % len(pairs)] for i in range(6 * (len(wires) - 2)))


def _qis(
    entry: Mapping[str, Any],
    name: str,
    targets: tuple[int, ...],
    controls: tuple[int, ...],
    where: str,
) -> Unitary:
    gate = QIS[name]
    if name == "cnot" and not controls:
        raise bad_request(f'"{where}": `cnot` needs a control.', f"{where}.control")
    _check_targets(gate, targets, where)
    rotation = entry.get("rotation")
    if gate in _ROTATIONS:
        return unitary(matrix(gate, [_number(rotation, f"{where}.rotation")]), targets, controls)
    if gate == "z" and rotation is not None:
        angle = _number(rotation, f"{where}.rotation")
        return unitary(matrix("phase", [angle]), targets, controls)
    return unitary(matrix(gate), targets, controls)


def _native(entry: Mapping[str, Any], name: str, targets: tuple[int, ...], where: str) -> Unitary:
    _check_targets(name, targets, where)
    if name in {"gpi", "gpi2"}:
        return unitary(matrix(name, [_number(entry.get("phase"), f"{where}.phase")]), targets)
    if name == "zz":
        angle = entry.get("angle", entry.get("phase", 0.25))
        return unitary(matrix(name, [_number(angle, f"{where}.angle")]), targets)
    phases = entry.get("phases")
    if not isinstance(phases, Sequence) or len(phases) != 2:  # noqa: PLR2004 - one per ion
        raise bad_request(f'"{where}.phases" must be two numbers.', f"{where}.phases")
    first, second = (_number(phase, f"{where}.phases") for phase in phases)
    angle = _number(entry.get("angle", 0.25), f"{where}.angle")
    return unitary(matrix(name, [first, second, angle]), targets)


def _wires(entry: Mapping[str, Any], key: str, where: str) -> tuple[int, ...]:
    found = entry.get(f"{key}s", entry.get(key))
    listed = [] if found is None else found if isinstance(found, list) else [found]
    for wire in listed:
        if isinstance(wire, bool) or not isinstance(wire, int | float) or wire != int(wire):
            raise bad_request(f'"{where}.{key}" must name qubits.', f"{where}.{key}")
    return tuple(int(wire) for wire in listed)


def _check_wires(wires: tuple[int, ...], qubits: int, where: str) -> None:
    if not all(0 <= wire < qubits for wire in wires):
        raise bad_request(
            f'"{where}" acts on qubits {list(wires)} of a circuit of {qubits}.', f"{where}.targets"
        )
    if len(set(wires)) != len(wires):
        raise bad_request(f'"{where}" acts twice on one qubit.', f"{where}.targets")


def _check_targets(gate: str, targets: tuple[int, ...], where: str) -> None:
    wanted = 2 if gate in _PAIRS else 1
    if len(targets) != wanted:
        raise bad_request(f'"{where}" needs {wanted} target(s).', f"{where}.targets")


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        raise bad_request(f'"{where}" must be a number.', where)
    return float(value)
