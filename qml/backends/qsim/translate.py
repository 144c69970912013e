"""From circuits and observables to Cirq.

Wires become line qubits of the same number: Cirq's bit order is ours, wire 0 first. Gates that
Cirq has not become matrices, which qsim runs natively.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import cirq
from cirq import LineQubit

from qml.backends.noise import Rates
from qml.circuits import Circuit, Gate, Observable
from qml.circuits.gates import TURN, matrix

_FIXED: dict[str, Any] = {
    "id": cirq.I,
    "x": cirq.X,
    "y": cirq.Y,
    "z": cirq.Z,
    "h": cirq.H,
    "s": cirq.S,
    "sdg": cirq.S**-1,
    "t": cirq.T,
    "tdg": cirq.T**-1,
    "sx": cirq.X**0.5,
    "sxdg": cirq.X**-0.5,
    "cnot": cirq.CNOT,
    "cz": cirq.CZ,
    "swap": cirq.SWAP,
    "iswap": cirq.ISWAP,
    "iswapdg": cirq.ISWAP**-1,
    "ccnot": cirq.TOFFOLI,
    "ccz": cirq.CCZ,
    "cswap": cirq.CSWAP,
}
_PER_PI = 2 / TURN

_ANGLED: dict[str, Callable[..., Any]] = {
    "rx": cirq.rx,
    "ry": cirq.ry,
    "rz": cirq.rz,
    "phase": lambda t: cirq.ZPowGate(exponent=t * _PER_PI),
    "cphase": lambda t: cirq.CZPowGate(exponent=t * _PER_PI),
    "rxx": lambda t: cirq.XXPowGate(exponent=t * _PER_PI),
    "ryy": lambda t: cirq.YYPowGate(exponent=t * _PER_PI),
    "rzz": lambda t: cirq.ZZPowGate(exponent=t * _PER_PI),
    "zz": lambda a: cirq.ZZPowGate(exponent=2 * a),
}
_PAULI: dict[str, Any] = {"X": cirq.X, "Y": cirq.Y, "Z": cirq.Z}


def qubits(wires: int) -> list[Any]:
    """Return the qubits of a register."""
    return [LineQubit(w) for w in range(wires)]


def operations(circuit: Circuit, rates: Rates) -> Iterator[Any]:
    """Translate the gates, first one first, each followed by its noise."""
    channels = {1: _channel(rates.one_qubit, 1), 2: _channel(rates.two_qubit, 2)}
    for gate in circuit.gates:
        on = [LineQubit(w) for w in gate.wires]
        yield _gate(gate).on(*on)
        channel = channels.get(len(on))
        if channel is not None:
            yield channel.on(*on)


def program(circuit: Circuit, rates: Rates, *, measure: bool) -> Any:
    """Make a Cirq circuit, with a measurement `m` of all wires at its end where asked."""
    made = cirq.Circuit(operations(circuit, rates))
    if measure:
        made.append(cirq.measure(*qubits(circuit.wires), key="m"))
    return made


def pauli_sum(observable: Observable) -> Any:
    """Translate a sum of Pauli strings."""
    strings = [
        cirq.PauliString(coefficient, *(_PAULI[p](LineQubit(w)) for w, p in string))
        for coefficient, string in observable.terms
    ]
    return cirq.PauliSum.from_pauli_strings(strings)


def _gate(gate: Gate) -> Any:
    fixed = _FIXED.get(gate.name)
    if fixed is not None:
        return fixed
    angled = _ANGLED.get(gate.name)
    if angled is not None:
        return angled(float(gate.params[0]))
    return cirq.MatrixGate(matrix(gate.name, [float(p) for p in gate.params]))


@lru_cache(maxsize=64)
def _channel(rate: float, wires: int) -> Any:
    """The depolarising channel: its error probability spreads over all Paulis but I."""
    return cirq.depolarize(rate * (1 - 4.0**-wires), n_qubits=wires) if rate else None
