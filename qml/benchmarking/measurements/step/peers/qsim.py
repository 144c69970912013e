"""qsim through Cirq. It has no gradient of its own: the parameter-shift rule.

Its adjoint is to be had in TensorFlow Quantum, which is built upon it.
"""

import os
from typing import Any

import cirq
import numpy as np
import qsimcirq
import sympy
from numpy.typing import NDArray

from qml.benchmarking.measurements.step.peers.base import Descent, Document, Peer
from qml.benchmarking.measurements.step.peers.shift import shifted

PACKAGES = ("qsimcirq", "cirq-core")


def prepare(case: Document) -> Peer:
    """Build one parametrised circuit."""
    qubits = cirq.LineQubit.range(case["wires"])
    kinds: dict[str, Any] = {"rx": cirq.rx, "ry": cirq.ry, "rz": cirq.rz}
    circuit = cirq.Circuit()
    for name, wires, source in case["gates"]:
        at = [qubits[w] for w in wires]
        gate = cirq.CNOT if source is None else kinds[name](sympy.Symbol(f"{source[0]}{source[1]}"))
        circuit.append(gate.on(*at))
    observables = [cirq.PauliSum.from_pauli_strings(cirq.Z(q)) for q in qubits]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    simulator = qsimcirq.QSimSimulator(
        qsimcirq.QSimOptions(cpu_threads=cores, max_fused_gate_size=4)
    )

    def values(x: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
        names = [f"x{i}" for i in range(x.shape[1])] + [f"w{i}" for i in range(w.shape[1])]
        points = np.concatenate([x, w], axis=1).tolist()
        sweep = [cirq.ParamResolver(dict(zip(names, p, strict=True))) for p in points]
        found = simulator.simulate_expectation_values_sweep(circuit, observables, sweep, qubits)
        return np.real(np.asarray(found))

    facts = {"method": "parameter shift", "precision": "complex64"}
    return Descent(shifted(case, values), np.asarray(case["weights"]), facts)
