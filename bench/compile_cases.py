"""The circuits of `compile.py`, and their way into Qiskit and Cirq and back."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from qml.algorithms.models.layered import layered_circuit
from qml.circuits import Circuit, Gate, z
from qml.config.sections import ModelSection

WIRES = 8


def rotations() -> Circuit:
    """Two layers of RY and RZ on two wires, and an RZZ."""
    random = np.random.default_rng(0)
    gates: list[Gate] = []
    for _ in range(2):
        for wire in (0, 1):
            gates += [Gate(name, (wire,), (random.uniform(0, 6),)) for name in ("ry", "rz")]
        gates.append(Gate("rzz", (0, 1), (random.uniform(0, 3),)))
    return Circuit.of(2, gates)


def classifier(ansatz: str) -> Circuit:
    """The default classifier with eight qubits, at random features and weights."""
    section = ModelSection(ansatz=ansatz, qubits=WIRES)
    model = layered_circuit(section, wires=WIRES, features=WIRES, observables=(z(0),))
    random = np.random.default_rng(0)
    features = random.uniform(0, np.pi, WIRES)
    return model.build(features, random.uniform(0, 2 * np.pi, model.weights_shape))


def qft(wires: int) -> Circuit:
    """The exact quantum Fourier transform, its SWAPs included."""
    gates = []
    for i in range(wires):
        gates.append(Gate("h", (i,)))
        turns = ((j, np.pi / 2 ** (j - i)) for j in range(i + 1, wires))
        gates += [Gate("cphase", (j, i), (turn,)) for j, turn in turns]
    gates += [Gate("swap", (i, wires - 1 - i)) for i in range(wires // 2)]
    return Circuit.of(wires, gates)


def qaoa(nodes: int, layers: int) -> Circuit:
    """MaxCut on a Barabasi-Albert graph of two edges a node."""
    import networkx as nx

    graph = nx.barabasi_albert_graph(nodes, 2, seed=0)
    random = np.random.default_rng(0)
    gates = [Gate("h", (w,)) for w in range(nodes)]
    for _ in range(layers):
        gamma, beta = random.uniform(0, 3, 2)
        gates += [Gate("rzz", edge, (gamma,)) for edge in graph.edges]
        gates += [Gate("rx", (w,), (beta,)) for w in range(nodes)]
    return Circuit.of(nodes, gates)


CASES: dict[str, Circuit] = {
    "rzz(0.3)": Circuit.of(2, [Gate("rzz", (0, 1), (0.3,))]),
    "rz(0.3)": Circuit.of(1, [Gate("rz", (0,), (0.3,))]),
    "2 x (ry, rz, rzz)": rotations(),
    "ring, n=8": classifier("ring"),
    "real_amplitudes, n=8": classifier("real_amplitudes"),
    "QFT(10)": qft(10),
    "QAOA BA(100, 2), p=3": qaoa(100, 3),
}


def to_qiskit(circuit: Circuit) -> Any:
    """Translate a case; its gates have methods of the same names, but for two."""
    from qiskit import QuantumCircuit

    names = {"cnot": "cx", "cphase": "cp"}
    found = QuantumCircuit(circuit.wires)
    for gate in circuit.gates:
        getattr(found, names.get(gate.name, gate.name))(*map(float, gate.params), *gate.wires)
    return found


def from_qiskit(compiled: Any, wires: int) -> Circuit:
    """Read native gates, and as SWAP gates the permutation that Qiskit leaves for the end."""
    gates = [
        Gate(i.operation.name, _places(compiled, i.qubits), tuple(map(float, i.operation.params)))
        for i in compiled.data
    ]
    if compiled.layout is None:
        return Circuit.of(wires, gates)
    return Circuit.of(wires, [*gates, *_swaps(compiled.layout.final_index_layout())])


def to_cirq(circuit: Circuit) -> Any:
    """Translate a case."""
    import cirq

    makers: dict[str, Any] = {
        "h": lambda: cirq.H,
        "rx": cirq.rx,
        "ry": cirq.ry,
        "rz": cirq.rz,
        "rzz": lambda t: cirq.ZZPowGate(exponent=t / np.pi, global_shift=-0.5),
        "cnot": lambda: cirq.CNOT,
        "cphase": lambda t: cirq.CZPowGate(exponent=t / np.pi),
        "swap": lambda: cirq.SWAP,
    }
    return cirq.Circuit(
        makers[g.name](*map(float, g.params)).on(*map(cirq.LineQubit, g.wires))
        for g in circuit.gates
    )


def from_cirq(compiled: Any, wires: int) -> Circuit:
    """Read native gates."""
    import cirq
    import cirq_ionq as ci

    gates = []
    for operation in compiled.all_operations():
        on = tuple(q.x for q in operation.qubits)
        match operation.gate:
            case ci.GPIGate(phi=phi):
                gates.append(Gate("gpi", on, (phi,)))
            case ci.GPI2Gate(phi=phi):
                gates.append(Gate("gpi2", on, (phi,)))
            case ci.ZZGate(theta=theta):
                gates.append(Gate("zz", on, (theta,)))
            case cirq.GlobalPhaseGate():
                pass
            case other:
                raise ValueError(f"not native: {other}")
    return Circuit.of(wires, gates)


def _places(compiled: Any, qubits: Any) -> tuple[int, ...]:
    return tuple(compiled.find_bit(q).index for q in qubits)


def _swaps(layout: list[int]) -> Iterator[Gate]:
    """Bring what lies on wire layout[i] to wire i."""
    places = list(layout)
    for wire in range(len(places)):
        place = places[wire]
        if place != wire:
            yield Gate("swap", (wire, place))
            places[places.index(wire)], places[wire] = place, wire
