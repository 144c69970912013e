"""Cirq's ForteNativeGateset."""

from typing import Any

import cirq
import cirq_ionq as ci
import numpy as np

from qml.circuits import Circuit, Gate

PACKAGES = ("cirq-core", "cirq-ionq")

_MAKERS: dict[str, Any] = {
    "h": lambda: cirq.H,
    "rx": cirq.rx,
    "ry": cirq.ry,
    "rz": cirq.rz,
    "rxx": lambda t: cirq.XXPowGate(exponent=t / np.pi, global_shift=-0.5),
    "ryy": lambda t: cirq.YYPowGate(exponent=t / np.pi, global_shift=-0.5),
    "rzz": lambda t: cirq.ZZPowGate(exponent=t / np.pi, global_shift=-0.5),
    "cnot": lambda: cirq.CNOT,
    "crx": lambda t: cirq.rx(t).controlled(),
    "cphase": lambda t: cirq.CZPowGate(exponent=t / np.pi),
    "swap": lambda: cirq.SWAP,
}


def compiled(circuit: Circuit) -> Circuit:
    """Compile."""
    found = cirq.optimize_for_target_gateset(_to_cirq(circuit), gateset=ci.ForteNativeGateset())
    return Circuit.of(circuit.wires, (gate for o in found.all_operations() for gate in _gates(o)))


def _to_cirq(circuit: Circuit) -> Any:
    return cirq.Circuit(
        _MAKERS[g.name](*map(float, g.params)).on(*map(cirq.LineQubit, g.wires))
        for g in circuit.gates
    )


def _gates(operation: Any) -> list[Gate]:
    on = tuple(q.x for q in operation.qubits)
    match operation.gate:
        case ci.GPIGate(phi=phi):
            return [Gate("gpi", on, (phi,))]
        case ci.GPI2Gate(phi=phi):
            return [Gate("gpi2", on, (phi,))]
        case ci.ZZGate(theta=theta):
            return [Gate("zz", on, (theta,))]
        case cirq.GlobalPhaseGate():
            return []
        case other:
            raise ValueError(f"not native: {other}")
