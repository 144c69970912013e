"""The unmodified cirq-ionq."""

import cirq
import cirq_ionq
import numpy as np
import pytest

from qml.emulators.ionq import serve


@pytest.fixture
def service(emulator, monkeypatch):
    monkeypatch.setenv("IONQ_REMOTE_HOST", emulator.url)
    return cirq_ionq.Service(default_target="simulator", max_retry_seconds=0)


def asymmetric(*, measured: bool = True) -> cirq.Circuit:
    a, b, c = cirq.LineQubit.range(3)
    circuit = cirq.Circuit(
        cirq.ry(0.7)(a),
        cirq.CNOT(a, b),
        cirq.rx(0.4)(c),
        cirq.ZZPowGate(exponent=0.3)(b, c),
        cirq.XXPowGate(exponent=0.2)(a, c),
        cirq.YYPowGate(exponent=0.15)(b, c),
        cirq.X(a) ** 0.5,
        cirq.T(b),
        cirq.SWAP(a, b),
        cirq.H(b),
        cirq.PauliStringPhasor(
            cirq.DensePauliString("XYZ")(a, b, c), exponent_neg=0.2, exponent_pos=0.0
        ),
    )
    return circuit + cirq.measure(a, b, c, key="m") if measured else circuit


def native(*, measured: bool = True) -> cirq.Circuit:
    a, b = cirq.LineQubit.range(2)
    circuit = cirq.Circuit(
        cirq_ionq.GPI2Gate(phi=0.1)(a),
        cirq_ionq.GPIGate(phi=0.3)(b),
        cirq_ionq.GPI2Gate(phi=0.7)(b),
        cirq_ionq.MSGate(phi0=0.15, phi1=0.35, theta=0.2)(a, b),
        cirq_ionq.ZZGate(theta=0.11)(b, a),
        cirq_ionq.GPI2Gate(phi=0.9)(a),
        cirq_ionq.GPI2Gate(phi=0.2)(b),
    )
    return circuit + cirq.measure(a, b, key="m") if measured else circuit


@pytest.mark.parametrize("make", [asymmetric, native])
def test_both_gate_sets_give_exact_probabilities(service, make):
    job = service.create_job(make(), repetitions=100)
    found = job.results(polling_seconds=0).probabilities()
    expected = np.abs(make(measured=False).final_state_vector(dtype=np.complex128)) ** 2
    assert [found.get(i, 0.0) for i in range(len(expected))] == pytest.approx(expected, abs=1e-9)


def test_measurement_keys_and_repetitions_return(service):
    circuit = cirq.Circuit(
        cirq.X(cirq.LineQubit(1)), cirq.measure(cirq.LineQubit(0), cirq.LineQubit(1), key="k")
    )
    result = service.run(circuit, repetitions=7, seed=1)
    assert result.measurements["k"].tolist() == [[0, 1]] * 7


def test_batches(service):
    q = cirq.LineQubit(0)
    circuits = [cirq.Circuit(cirq.ry(t)(q), cirq.measure(q, key="m")) for t in (0.3, 1.4)]
    results = service.create_batch_job(circuits, repetitions=10).results(polling_seconds=0)
    found = [r.probabilities()[1] for r in results]
    assert found == pytest.approx([np.sin(0.15) ** 2, np.sin(0.7) ** 2])


def test_a_machine_with_its_noise(service):
    a, b = cirq.LineQubit.range(2)
    circuit = cirq.Circuit(cirq.H(a), cirq.CNOT(a, b), cirq.measure(a, b, key="m"))
    job = service.create_job(circuit, repetitions=400, target="qpu.forte-1", name="bell")
    counts = job.results(polling_seconds=0).counts()
    assert sum(counts.values()) == 400
    assert job.name() == "bell"
    assert counts[0] + counts[3] > 390


def test_noise_and_its_seed(service):
    a, b = cirq.LineQubit.range(2)
    circuit = cirq.Circuit(cirq.H(a), cirq.CNOT(a, b), cirq.measure(a, b, key="m"))

    def run(seed):
        job = service.create_job(circuit, 1000, noise={"model": "aria-1", "seed": seed})
        return job.results(polling_seconds=0).probabilities()

    assert run(3) == run(3) != run(4)


def test_the_client_buys_a_job_twice(monkeypatch):
    with serve(faults=["502-after-accept@1"]) as emulator:
        service = cirq_ionq.Service(
            remote_host=emulator.url, api_key="k", default_target="simulator"
        )
        q = cirq.LineQubit(0)
        service.create_job(cirq.Circuit(cirq.X(q), cirq.measure(q)), repetitions=1)
        assert emulator.summary()["jobs"] == 2


def test_jobs_are_listed_and_cancelled():
    with serve(queue=60) as emulator:
        service = cirq_ionq.Service(
            remote_host=emulator.url, api_key="k", default_target="simulator", max_retry_seconds=0
        )
        q = cirq.LineQubit(0)
        job = service.create_job(cirq.Circuit(cirq.X(q), cirq.measure(q)), repetitions=1)
        (listed,) = service.list_jobs(limit=1)
        assert listed.job_id() == job.job_id()
        job.cancel()
        assert job.status() == "canceled"
        job.delete()
        with pytest.raises(cirq_ionq.IonQNotFoundException):
            service.get_job(job.job_id())
