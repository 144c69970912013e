"""The emulator's simulator against other people's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qiskit import QuantumCircuit, qasm3
from qiskit.quantum_info import Statevector

from qml.backends.noise import PUBLISHED, Rates
from qml.emulators.ionq.programs.circuits import read_programs
from qml.emulators.ionq.programs.qasm import read_qasm
from qml.emulators.ionq.simulate import run
from qml.emulators.ionq.simulate.density import noisy_distribution
from qml.emulators.ionq.simulate.dynamic import sample_dynamic
from qml.emulators.ionq.simulate.trajectories import draw_errors, sample_patterns

LOUD = Rates(one_qubit=0.03, two_qubit=0.1)


def program(gates, qubits, gateset="qis"):
    (read,) = read_programs(
        "ionq.circuit.v1", {"qubits": qubits, "gateset": gateset, "circuit": gates}
    )
    return read


def random_gates(qubits, count, seed):
    random = np.random.default_rng(seed)
    gates = []
    for _ in range(count):
        a, b = (int(q) for q in random.permutation(qubits)[:2])
        angle = float(random.normal())
        gates.append(
            [
                {"gate": "ry", "target": a, "rotation": angle},
                {"gate": "h", "target": a},
                {"gate": "xx", "targets": [a, b], "rotation": angle},
                {"gate": "cnot", "control": a, "target": b},
            ][int(random.integers(4))]
        )
    return gates


def to_cirq(gates, qubits, rates):
    """The same circuit and channel in Cirq's own terms."""
    import cirq

    q = cirq.LineQubit.range(qubits)
    made = cirq.Circuit(cirq.I.on_each(*q))
    for gate in gates:
        if gate["gate"] in {"ry", "h"}:
            on = [q[gate["target"]]]
            made.append((cirq.H if gate["gate"] == "h" else cirq.ry(gate["rotation"])).on(*on))
            made.append(cirq.depolarize(rates.one_qubit * 3 / 4).on(*on))
            continue
        if gate["gate"] == "cnot":
            on = [q[gate["control"]], q[gate["target"]]]
            made.append(cirq.CNOT.on(*on))
        else:
            on = [q[i] for i in gate["targets"]]
            made.append(
                cirq.XXPowGate(exponent=gate["rotation"] / np.pi, global_shift=-0.5).on(*on)
            )
        made.append(cirq.depolarize(rates.two_qubit * 15 / 16, n_qubits=2).on(*on))
    return made, q


def exact_noisy(gates, qubits, rates):
    import cirq

    made, order = to_cirq(gates, qubits, rates)
    found = cirq.DensityMatrixSimulator(dtype=np.complex128).simulate(made, qubit_order=order)
    return np.real(np.diagonal(found.final_density_matrix))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_density_matrix_is_cirqs(seed):
    gates = random_gates(3, 20, seed)
    found = noisy_distribution(program(gates, 3), LOUD)
    assert found == pytest.approx(exact_noisy(gates, 3, LOUD), abs=1e-7)


def chi_square(seen, expected):
    """Deviation of counts from a distribution, in standard deviations of chi square."""
    kept = expected * seen.sum() >= 5
    degrees = kept.sum() - 1
    cells = (seen[kept] - seen.sum() * expected[kept]) ** 2 / (seen.sum() * expected[kept])
    return (cells.sum() - degrees) / np.sqrt(2 * degrees)


def test_trajectories_sample_the_same_distribution():
    made = program(random_gates(4, 20, 5), 4)
    random = np.random.default_rng(1)
    places = [place for step in made.unitaries for place in step.places]
    patterns, counts = draw_errors(places, LOUD, 40_000, random)
    assert counts.sum() == 40_000
    seen = sample_patterns(made, patterns, counts, random)
    assert seen.sum() == 40_000
    assert abs(chi_square(seen, noisy_distribution(made, LOUD))) < 5


def test_shot_by_shot_samples_the_same_distribution():
    made = program(random_gates(3, 12, 6), 3)
    outcomes = sample_dynamic(made, LOUD, 40_000, np.random.default_rng(2))
    seen = np.zeros(8)
    for (qubits, _), times in outcomes.weights.items():
        seen[int(format(qubits, "03b")[::-1], 2)] += times
    assert abs(chi_square(seen, noisy_distribution(made, LOUD))) < 5


@pytest.mark.parametrize("model", sorted(PUBLISHED))
def test_the_published_bell_numbers(model):
    bell = program([{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}], 2)
    rate = PUBLISHED[model].two_qubit
    expected = [0.5 - rate / 4, rate / 4, rate / 4, 0.5 - rate / 4]
    assert noisy_distribution(bell, PUBLISHED[model]) == pytest.approx(expected, abs=1e-12)


def test_a_circuit_without_gates_and_a_wide_one():
    assert run(program([], 8), PUBLISHED["forte-1"], 10, [0]).weights == {(0, 0): 10}
    wide = program([{"gate": "x", "target": 15}], 16)
    assert run(wide, PUBLISHED["forte-1"], 1000, [0]).probabilities[1 << 15] > 0.98
    assert run(wide, None, 1000, [0]).probabilities == {1 << 15: 1.0}


def test_frequencies_are_whole_shots_and_seeded():
    made = program(random_gates(3, 10, 1), 3)
    first, again, other = (run(made, LOUD, 300, [seed]) for seed in (1, 1, 2))
    assert first == again != other
    assert sum(first.weights.values()) == 300


GATES = ("h", "s", "sdg", "t", "x", "sx")


@st.composite
def circuits(draw):
    circuit = QuantumCircuit(3)
    for _ in range(draw(st.integers(1, 12))):
        a, b, c = draw(st.permutations(range(3)))
        angle = draw(st.floats(-7, 7, allow_nan=False))
        kind = draw(st.sampled_from((*GATES, "u", "rzz", "cu", "crx", "ccx", "iswap", "rccx", "p")))
        if kind in GATES:
            getattr(circuit, kind)(a)
        elif kind == "u":
            circuit.u(angle, 0.3, -1.1, a)
        elif kind == "cu":
            circuit.cu(angle, 0.3, -1.1, 0.7, a, b)
        elif kind == "p":
            circuit.p(angle, a)
        elif kind in {"rzz", "crx"}:
            getattr(circuit, kind)(angle, a, b)
        elif kind == "iswap":
            circuit.iswap(a, b)
        else:
            getattr(circuit, kind)(a, b, c)
    return circuit


@settings(max_examples=40, deadline=None)
@given(circuits())
def test_openqasm_3_of_qiskit_means_what_qiskit_means(circuit):
    found = run(read_qasm(qasm3.dumps(circuit)), None, 1, [0]).probabilities
    expected = Statevector(circuit).probabilities()
    assert [found.get(i, 0.0) for i in range(8)] == pytest.approx(expected, abs=1e-9)
