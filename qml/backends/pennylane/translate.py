"""From circuits and observables to PennyLane's operators.

Wires keep their numbers: PennyLane's bit order is ours, wire 0 first.
"""

from functools import lru_cache
from typing import Any

import pennylane as qp

from qml.backends.pennylane.lower import lower
from qml.circuits import Circuit, Observable, ZeroProjector

_OPERATIONS: dict[str, Any] = {
    "id": qp.Identity,
    "x": qp.PauliX,
    "y": qp.PauliY,
    "z": qp.PauliZ,
    "h": qp.Hadamard,
    "s": qp.S,
    "t": qp.T,
    "sx": qp.SX,
    "rx": qp.RX,
    "ry": qp.RY,
    "rz": qp.RZ,
    "phase": qp.PhaseShift,
    "cnot": qp.CNOT,
    "cy": qp.CY,
    "cz": qp.CZ,
    "swap": qp.SWAP,
    "crx": qp.CRX,
    "cry": qp.CRY,
    "crz": qp.CRZ,
    "cphase": qp.ControlledPhaseShift,
    "rxx": qp.IsingXX,
    "ryy": qp.IsingYY,
    "rzz": qp.IsingZZ,
    "ccnot": qp.Toffoli,
    "cswap": qp.CSWAP,
}
_PAULI: dict[str, Any] = {"X": qp.PauliX, "Y": qp.PauliY, "Z": qp.PauliZ}


def operations(circuit: Circuit) -> list[Any]:
    """Translate the gates, first one first; parameters may be traced or broadcast."""
    return [
        _OPERATIONS[g.name](*g.params, wires=g.wires) if g.params else _fixed(g.name, g.wires)
        for g in lower(circuit).gates
    ]


def operator(observable: Observable | ZeroProjector, wires: int) -> Any:
    """Translate an observable of a register of `wires` wires."""
    if isinstance(observable, ZeroProjector):
        return qp.Projector([0] * wires, wires=range(wires))
    words = [_word(string) for _, string in observable.terms]
    if len(words) == 1 and observable.terms[0][0] == 1:
        return words[0]
    return qp.ops.LinearCombination([c for c, _ in observable.terms], words)


def tape(circuit: Circuit, measurements: list[Any], *, shots: int | None = None) -> Any:
    """Make a tape; every parameter of a gate is trainable, none of a measurement is."""
    script = qp.tape.QuantumScript(operations(circuit), measurements, shots=shots)
    script.trainable_params = range(sum(len(op.data) for op in script.operations))
    return script


@lru_cache(maxsize=4096)
def _fixed(name: str, wires: tuple[int, ...]) -> Any:
    return _OPERATIONS[name](wires=wires)


def _word(string: tuple[tuple[int, str], ...]) -> Any:
    if not string:
        return qp.Identity(0)
    factors = [_PAULI[letter](wire) for wire, letter in string]
    return factors[0] if len(factors) == 1 else qp.prod(*factors)
