"""The unmodified qiskit-ionq."""

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit.library import PauliEvolutionGate
from qiskit.quantum_info import SparsePauliOp, Statevector
from qiskit_ionq import ErrorMitigation, GPI2Gate, GPIGate, IonQProvider, MSGate, Session, ZZGate

from qml.emulators.ionq import serve

# the client warns of Qiskit's default, which no circuit here is transpiled with
pytestmark = pytest.mark.filterwarnings("ignore:Transpiler default optimization_level")


@pytest.fixture
def provider(emulator):
    return IonQProvider()


def asymmetric() -> QuantumCircuit:
    circuit = QuantumCircuit(3, 3)
    circuit.ry(0.7, 0)
    circuit.cx(0, 1)
    circuit.rx(0.4, 2)
    circuit.rzz(0.9, 1, 2)
    circuit.h(1)
    return circuit


def exact(circuit: QuantumCircuit) -> dict[str, float]:
    return Statevector(circuit.remove_final_measurements(inplace=False)).probabilities_dict()


def run(backend, circuit, **options):
    return backend.run(circuit, **options).result(wait=0.01)


def assert_same(found: dict[str, float], expected: dict[str, float]) -> None:
    # the client samples 1024 shots of an exact distribution, and drops what it did not see
    assert all(value == pytest.approx(expected[key], abs=1e-9) for key, value in found.items())
    assert sum(found.values()) > 0.95


def test_qis_gates_give_exact_probabilities(provider):
    backend = provider.get_backend("ionq_simulator")
    assert backend.num_qubits == 29
    circuit = asymmetric()
    circuit.measure(range(3), range(3))
    assert_same(run(backend, circuit).get_probabilities(), exact(circuit))


def test_measurement_into_other_bits(provider):
    circuit = QuantumCircuit(2, 2)
    circuit.ry(0.7, 0)
    circuit.measure([0, 1], [1, 0])
    found = run(provider.get_backend("ionq_simulator"), circuit).get_probabilities()
    assert_same(found, {"00": np.cos(0.35) ** 2, "10": np.sin(0.35) ** 2})


def all_gates() -> QuantumCircuit:
    circuit = QuantumCircuit(4, 4)
    for wire in range(4):
        circuit.ry(0.3 + wire, wire)
    for gate in ("h", "s", "sdg", "sx", "sxdg", "t", "tdg", "x", "y", "z", "id"):
        getattr(circuit, gate)(0)
    for gate in ("rx", "ry", "rz", "p"):
        getattr(circuit, gate)(0.37, 1)
    for gate in ("ch", "cx", "cy", "cz", "csx", "swap"):
        getattr(circuit, gate)(2, 1)
    for gate in ("cp", "crx", "cry", "crz", "rxx", "ryy", "rzz"):
        getattr(circuit, gate)(0.53, 3, 0)
    circuit.ccx(0, 1, 2)
    circuit.mcx([0, 1, 3], 2)
    circuit.mcp(0.8, [0, 1], 3)
    words = SparsePauliOp(["XXI", "IZZ", "YYZ"], [0.4, 0.6, 0.2])
    commuting = SparsePauliOp(["XXI", "ZZI"], [0.4, 0.6])
    circuit.append(PauliEvolutionGate(commuting, time=0.7), [1, 3, 0])
    for word in words:
        circuit.append(PauliEvolutionGate(word, time=0.7), [1, 3, 0])
    for wire in range(4):
        circuit.h(wire)
    return circuit


@pytest.mark.filterwarnings("ignore:splu converted its input", "ignore:spsolve is more efficient")
def test_every_gate_that_the_client_sends(provider):
    circuit = all_gates()
    circuit.measure(range(4), range(4))
    found = run(provider.get_backend("ionq_simulator"), circuit).get_probabilities()
    assert_same(found, exact(circuit))


def test_terms_that_do_not_commute_are_exponentiated_exactly(provider):
    from scipy.linalg import expm

    words = SparsePauliOp(["XI", "ZZ", "IY"], [0.4, 0.6, 0.3])
    circuit = QuantumCircuit(2, 2)
    circuit.append(PauliEvolutionGate(words, time=0.7), [0, 1])
    circuit.measure([0, 1], [0, 1])
    found = run(
        provider.get_backend("ionq_simulator"),
        circuit,
        extra_metadata={"ionq_compiler_synthesis": "true"},
    ).get_probabilities()
    weights = np.abs(expm(-0.7j * words.to_matrix())[:, 0]) ** 2
    assert_same(found, {format(i, "02b"): w for i, w in enumerate(weights)})


def native() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 2)
    circuit.append(GPI2Gate(0.1), [0])
    circuit.append(GPIGate(0.3), [1])
    circuit.append(GPI2Gate(0.7), [1])
    circuit.append(MSGate(0.15, 0.35, 0.2), [0, 1])
    circuit.append(ZZGate(0.11), [1, 0])
    circuit.append(GPI2Gate(0.9), [0])
    circuit.append(GPI2Gate(0.2), [1])
    return circuit


def test_native_gates(provider):
    backend = provider.get_backend("ionq_simulator", gateset="native")
    circuit = native()
    circuit.measure([0, 1], [0, 1])
    assert_same(run(backend, circuit).get_probabilities(), exact(circuit))


def test_multi_circuit_jobs_keep_their_order(provider):
    backend = provider.get_backend("ionq_simulator")
    circuits = []
    for angle in (0.3, 1.1, 2.0):
        circuit = QuantumCircuit(2, 2)
        circuit.ry(angle, 1)
        circuit.measure([0, 1], [0, 1])
        circuits.append(circuit)
    job = backend.run(circuits)
    result = job.result(wait=0.01)
    found = [result.get_probabilities(i)["10"] for i in range(3)]
    assert found == pytest.approx([np.sin(a / 2) ** 2 for a in (0.3, 1.1, 2.0)])
    assert job.status(detailed=True)["completed"] == 3


def test_measurement_in_the_middle_goes_as_openqasm_3(provider):
    register = QuantumRegister(2, "q")
    first, second = ClassicalRegister(1, "first"), ClassicalRegister(2, "second")
    circuit = QuantumCircuit(register, first, second)
    circuit.x(0)
    circuit.measure(0, first[0])
    circuit.reset(0)
    circuit.rxx(np.pi, 0, 1)
    circuit.measure([0, 1], second)
    backend = provider.get_backend("ionq_simulator")
    result = run(backend, circuit, noise_model="aria-1", shots=400, memory=True)
    counts = result.get_counts()
    assert sum(counts.values()) == 400
    assert counts["11 1"] > 350
    assert len(result.get_memory()) == 400


def test_noise_samples_whole_shots(provider):
    bell = QuantumCircuit(2, 2)
    bell.h(0)
    bell.cx(0, 1)
    bell.measure([0, 1], [0, 1])
    backend = provider.get_backend("ionq_simulator")
    result = run(backend, bell, noise_model="aria-1", shots=20_000)
    found = result.get_probabilities()
    assert sum(found.values()) == pytest.approx(1)
    assert all((p * 20_000) == pytest.approx(round(p * 20_000)) for p in found.values())
    # P(00) = 1/2 - r2/4 for r2 = 0.0133; five standard deviations
    assert found["00"] == pytest.approx(0.496675, abs=5 * 0.5 / 20_000**0.5)
    assert found["01"] + found["10"] == pytest.approx(0.00665, abs=5 * (0.00665 / 20_000) ** 0.5)


def test_a_machine_samples_bills_and_remembers_shots(provider):
    backend = provider.get_backend("ionq_qpu.forte-1")
    assert backend.num_qubits == 36
    assert backend.calibration().median_spam_fidelity == 0.9942
    circuit = asymmetric()
    circuit.measure(range(3), range(3))
    job = backend.run(circuit, shots=300, memory=True)
    result = job.result(wait=0.01)
    assert sum(result.get_counts().values()) == 300
    memory = result.get_memory()
    assert {word: memory.count(word) for word in set(memory)} == result.get_counts()
    cost = job._client.get_with_retry(
        job._client.make_path("jobs", job.job_id(), "cost"), headers=job._client.api_headers
    ).json()
    assert cost["cost"] == {"value": 25.79, "unit": "usd"}


def test_debiasing_needs_500_shots(provider):
    from qiskit_ionq.exceptions import IonQAPIError

    backend = provider.get_backend("ionq_qpu.forte-1")
    circuit = QuantumCircuit(1, 1)
    circuit.measure(0, 0)
    with pytest.raises(IonQAPIError, match="at least 500 shots"):
        backend.run(circuit, shots=499, error_mitigation=ErrorMitigation.DEBIASING)
    assert run(backend, circuit, shots=500, error_mitigation=ErrorMitigation.DEBIASING).success


def test_sessions(provider):
    backend = provider.get_backend("ionq_qpu.forte-1")
    circuit = QuantumCircuit(1, 1)
    circuit.measure(0, 0)
    with Session(backend, max_jobs=1) as session:
        assert session.details()["status"] == "created"
        run(backend, circuit, shots=10)
        assert session.details()["status"] == "started"
        from qiskit_ionq.exceptions import IonQAPIError

        with pytest.raises(IonQAPIError, match="job limit"):
            backend.run(circuit, shots=10)
    assert session.details()["status"] == "ended"


@pytest.mark.filterwarnings("ignore:Retrying submit_job:UserWarning")  # the client says so
def test_the_client_buys_a_job_three_times(monkeypatch):
    faults = ["502-after-accept@1", "504-after-accept@2"]
    with serve(faults=faults) as emulator:
        monkeypatch.setenv("IONQ_API_URL", emulator.url)
        monkeypatch.setenv("IONQ_API_KEY", "a key")
        circuit = QuantumCircuit(1, 1)
        circuit.measure(0, 0)
        backend = IonQProvider().get_backend("ionq_qpu.forte-1")
        assert run(backend, circuit, shots=10).success
        summary = emulator.summary()
    assert (summary["posts"], summary["jobs"], summary["billed"]) == (3, 3, "77.37")


@pytest.mark.filterwarnings("ignore:Unable to retrieve result:UserWarning")  # the client says so
def test_failures_and_cancelled_jobs_are_told(monkeypatch):
    from qiskit_ionq.exceptions import IonQJobFailureError

    with serve(faults=["job-failed@1"], queue=60) as emulator:
        monkeypatch.setenv("IONQ_API_URL", emulator.url)
        monkeypatch.setenv("IONQ_API_KEY", "a key")
        backend = IonQProvider().get_backend("ionq_qpu.aria-1", gateset="native")
        circuit = native()
        circuit.measure([0, 1], [0, 1])
        waiting = backend.run(circuit, shots=10)
        assert waiting.status().name == "QUEUED"
        waiting.cancel()
        assert waiting.status().name == "CANCELLED"
    with serve() as emulator:
        monkeypatch.setenv("IONQ_API_URL", emulator.url)
        backend = IonQProvider().get_backend("ionq_qpu.aria-1", gateset="native")
        with pytest.raises(IonQJobFailureError, match="has no zz"):
            run(backend, circuit, shots=10)
