"""From circuits and observables to Qiskit.

Qiskit counts qubit 0 as the least significant bit. Here wire w becomes qubit `wires - 1 - w`, so
that an index of Qiskit's states and counts is an index of ours; nothing else reverses bits.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from qiskit import QuantumCircuit
from qiskit.quantum_info import SparsePauliOp
from qiskit_aer.noise import NoiseModel, ReadoutError, depolarizing_error

from qml.backends.noise import Rates
from qml.circuits import Circuit, Gate, Observable
from qml.circuits.gates import matrix
from qml.results.counts import Counts

_METHODS = {
    "id": "id",
    "x": "x",
    "y": "y",
    "z": "z",
    "h": "h",
    "s": "s",
    "sdg": "sdg",
    "t": "t",
    "tdg": "tdg",
    "sx": "sx",
    "sxdg": "sxdg",
    "rx": "rx",
    "ry": "ry",
    "rz": "rz",
    "phase": "p",
    "u3": "u",
    "cnot": "cx",
    "cy": "cy",
    "cz": "cz",
    "swap": "swap",
    "crx": "crx",
    "cry": "cry",
    "crz": "crz",
    "cphase": "cp",
    "rxx": "rxx",
    "ryy": "ryy",
    "rzz": "rzz",
    "ccnot": "ccx",
    "ccz": "ccz",
    "cswap": "cswap",
}


def qubits(wires: Sequence[int], register: int) -> list[int]:
    """Return the qubits of some wires of a register."""
    return [register - 1 - w for w in wires]


def program(circuit: Circuit, rates: Rates) -> Any:
    """Make a Qiskit circuit without measurements, each gate followed by its noise."""
    made = QuantumCircuit(circuit.wires)
    channels = {1: _channel(rates.one_qubit, 1), 2: _channel(rates.two_qubit, 2)}
    for gate in circuit.gates:
        on = qubits(gate.wires, circuit.wires)
        _append(made, gate, on)
        channel = channels.get(len(on))
        if channel is not None:
            made.append(channel, on)
    return made


def measured(circuit: Circuit, rates: Rates) -> Any:
    """Make a Qiskit circuit that measures every wire at its end."""
    made = program(circuit, rates)
    made.measure_all()
    return made


def noise_model(rates: Rates) -> Any:
    """Return the readout noise as a noise model, None without it; gates carry their own noise."""
    if not rates.readout:
        return None
    flip = rates.readout
    model = NoiseModel()
    model.add_all_qubit_readout_error(ReadoutError([[1 - flip, flip], [flip, 1 - flip]]))
    return model


def pauli_operator(observable: Observable, wires: int, rates: Rates) -> Any:
    """Translate a sum of Pauli strings as it is read out.

    A string of k letters, read from k bits each flipped with probability f, has (1 - 2f)**k of
    its expectation left.
    """
    kept = 1 - 2 * rates.readout
    terms = [
        ("".join(p for _, p in s), qubits([w for w, _ in s], wires), c * kept ** len(s))
        for c, s in observable.terms
    ]
    return SparsePauliOp.from_sparse_list(terms, num_qubits=wires)


def counts(tally: dict[str, int], wires: int) -> Counts:
    """Read Aer's counts, whose keys are hexadecimal indices."""
    read = {format(int(key, 16), f"0{wires}b"): times for key, times in tally.items()}
    return Counts(wires, read)


def _append(made: Any, gate: Gate, on: list[int]) -> None:
    params = [float(p) for p in gate.params]
    method = _METHODS.get(gate.name)
    if method is not None:
        getattr(made, method)(*params, *on)
    else:
        made.unitary(matrix(gate.name, params), on[::-1], label=gate.name)


@lru_cache(maxsize=64)
def _channel(rate: float, wires: int) -> Any:
    return depolarizing_error(rate, wires) if rate else None
