import json
from decimal import Decimal
from uuid import UUID

import pytest

from qml import credentials
from qml.backends.base import Intent, Job, Settings
from qml.backends.registry import open_backend
from qml.backends.remote import Phase
from qml.circuits import Circuit, Gate, Work
from qml.config.sections import BackendSection
from qml.errors import (
    PlanError,
    ProviderError,
    RefusedError,
    ThrottledError,
    UnknownSubmissionError,
    UsageError,
)
from qml.testing import circuits, reference
from qml.testing.statistics import distance, distance_bound
from qml.units import Money

WORK = Work(circuits=(circuits.bell(),), shots=600, seed=1)
INTENT = Intent(key="b5f0c1de-6c25-5d3a-9d5e-9a9a9a9a9a9a", digest="d")


def test_a_job_has_the_intents_id_and_native_gates(workspace, opened):
    backend = opened()
    job = backend.submit(WORK, INTENT)
    assert job.id == INTENT.key
    ((id_, sent),) = workspace.puts
    assert id_ == INTENT.key
    assert sent["inputDataFormat"] == "ionq.circuit.v1"
    assert sent["outputDataFormat"] == "ionq.quantum-results.v1"
    assert (sent["providerId"], sent["target"]) == ("ionq", "ionq.qpu.forte-1")
    assert sent["inputParams"] == {"shots": 600, "error-mitigation": {"debias": False}}
    written = json.loads(workspace.blobs[f"/job-{id_}/inputData"])
    assert written["gateset"] == "native"
    assert {g["gate"] for g in written["circuit"]} <= {"gpi", "gpi2", "zz"}
    assert backend.poll(job).phase is Phase.DONE
    results = backend.fetch(Job(id=job.id))
    assert set(results.counts[0].tally) == {"00", "11"}
    assert results.usage.seconds == 2.5
    assert backend.billed(job) == Money(amount=Decimal("25.7899"))


@pytest.mark.parametrize("native", [True, False], ids=["native", "standard"])
@pytest.mark.parametrize("name", ["simulator", "forte-1", "aria-1"])
def test_every_gate_reaches_the_machine(opened, name, native):
    backend = opened(name, native=native)
    batch = [circuits.gate_circuit(group) for group in circuits.gate_groups()]
    swapped = Circuit.of(4, [*batch[0].gates, Gate("swap", (3, 0)), Gate("rz", (1,), (0.3,))])
    whole = Work(circuits=(*batch, swapped, Circuit(3, ())), shots=4000)
    for place, work in enumerate(backend.split(whole)):
        job = backend.submit(work, Intent(key=f"circuit/{place}", digest=""))
        (counts,) = backend.fetch(job).counts
        (circuit,) = work.circuits
        off = distance(counts, reference.probabilities(circuit))
        assert off <= distance_bound(2**circuit.wires, counts.shots)


@pytest.mark.parametrize(
    "accepted, answer, error",
    [
        *((False, status, RefusedError) for status in (400, 401, 403, 404, 422)),
        (False, 429, ThrottledError),
        *((False, status, UnknownSubmissionError) for status in (408, 500, 502, 503, 504)),
        *((True, status, UnknownSubmissionError) for status in (500, 502, 503, 504)),
        *((True, lost, UnknownSubmissionError) for lost in ("drop", "hang", "garbage")),
        (False, "drop", UnknownSubmissionError),
    ],
)
def test_one_put_for_a_submission(workspace, opened, accepted, answer, error):
    backend = opened()
    workspace.script = [(accepted, answer)]
    with pytest.raises(error) as caught:
        backend.submit(WORK, INTENT)
    assert caught.type is error
    assert len(workspace.puts) == 1
    assert (backend.find(INTENT) is not None) is accepted
    if error is ThrottledError:
        assert caught.value.retry_after == 7


def test_a_repetition_is_not_another_job(workspace, opened):
    backend = opened()
    workspace.script = [(True, 504)]
    for _ in range(2):
        with pytest.raises(UnknownSubmissionError):
            backend.submit(WORK, INTENT)
    assert len(workspace.puts) == 2
    assert list(workspace.jobs) == [INTENT.key]
    assert backend.find(INTENT) == Job(id=INTENT.key)


@pytest.mark.parametrize("answer, error", [(503, ThrottledError), (403, RefusedError)])
def test_an_upload_that_fails_sends_nothing(workspace, opened, answer, error):
    workspace.failing = [answer]
    with pytest.raises(error, match="nothing was sent") as caught:
        opened().submit(WORK, INTENT)
    assert caught.type is error
    assert len(workspace.uploads) == 1
    assert workspace.puts == []


def test_a_key_that_is_no_uuid_makes_one():
    from qml.backends.azure.ticket import job_id

    assert job_id(INTENT.key) == INTENT.key
    assert job_id("mine") == str(UUID(job_id("mine"))) != job_id("yours")


def test_debiasing_is_said_and_needs_its_shots(workspace, opened):
    backend = opened(debiasing=True)
    assert backend.mitigated
    backend.submit(WORK, INTENT)
    assert workspace.puts[0][1]["inputParams"]["error-mitigation"] == {"debias": True}
    with pytest.raises(PlanError, match="500 shots"):
        backend.split(Work(circuits=WORK.circuits, shots=499))


def test_a_job_of_somebody_else_is_listed_and_not_read(workspace, opened):
    backend = opened()
    backend.submit(WORK, INTENT)
    other = {**workspace.jobs[INTENT.key], "id": "other", "metadata": {"qiskit": "True"}}
    workspace.jobs.update(
        {"other": other, "far": {**other, "id": "far", "target": "ionq.simulator"}}
    )
    found = list(backend.jobs(0.0))
    assert [(row.id, row.key) for row in found] == [(INTENT.key, INTENT.key), ("other", None)]
    with pytest.raises(ProviderError, match="metadata"):
        backend.fetch(Job(id="other"))


def test_a_status_that_is_not_known(workspace, opened):
    backend = opened()
    job = backend.submit(WORK, INTENT)
    workspace.jobs[job.id]["status"] = "Pondering"
    with pytest.raises(ProviderError, match="Pondering"):
        backend.poll(job)


def test_a_target_that_the_workspace_lacks(opened):
    with pytest.raises(ProviderError, match="forte-enterprise-1"):
        opened("forte-enterprise-1").machine()
    assert opened().machine().queue == 120


def open_with(environ, **azure):
    return open_backend(BackendSection(name="azure", azure=azure), environ=environ)


def test_a_workspace_has_to_be_named():
    with pytest.raises(UsageError, match="no workspace"):
        open_with({}).ready()
    with pytest.raises(UsageError, match="resource id"):
        open_with({}, workspace="ws").ready()
    with pytest.raises(UsageError, match="no workspace"):
        open_with({"AZURE_QUANTUM_CONNECTION_STRING": "ApiKey=1"}).ready()
    open_with(
        {}, workspace="/subscriptions/s/resourceGroups/g/providers/Microsoft.Quantum/workspaces/w"
    ).ready()


def test_the_scrubber_learns_the_key(opened):
    from backends.azure.fake_workspace import KEY

    opened().ready()
    assert KEY in credentials.known()


def test_planning_needs_neither_workspace_nor_network():
    backend = open_backend(BackendSection(name="azure"))
    assert (backend.capabilities.qubits, backend.device) == (36, "forte-1")
    (size,) = backend.sizes(WORK)
    assert (size.two_qubit, size.qubits) == (1, 2)
    assert Settings(section=BackendSection(name="azure")).environ == {}
    with pytest.raises(PlanError, match="harmony") as caught:
        open_backend(BackendSection(name="azure.harmony"))
    assert "azure.forte-1" in caught.value.hint
