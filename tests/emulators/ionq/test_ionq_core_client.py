"""The unmodified ionq-core, the vendor's own typed client: every answer has to fit its models."""

import asyncio
import datetime as dt
import json
from contextlib import contextmanager

import pytest
from ionq_core import IonQClient, SessionManager, iter_jobs, iter_session_jobs, wait_for_job
from ionq_core.api.backends import get_backend, get_backends
from ionq_core.api.characterizations import (
    get_characterization,
    get_characterizations_for_backend,
)
from ionq_core.api.default import (
    cancel_job,
    cancel_jobs,
    clone_job,
    create_job,
    delete_job,
    delete_jobs,
    estimate_job_cost,
    get_job_artifact,
    get_job_cost,
    get_job_probabilities,
    get_jobs,
    get_sessions,
    move_job,
)
from ionq_core.api.schemas import get_format_schema
from ionq_core.api.usage import get_usages
from ionq_core.api.whoami import get_whoami
from ionq_core.exceptions import BadRequestError, NotFoundError, RateLimitError
from ionq_core.models import (
    CircuitJobCreationPayload,
    CloneJobPayload,
    JobsBulkOperationRequest,
    JSONMultiCircuitJob,
)

from qml.emulators.ionq import serve


@contextmanager
def connect(emulator):
    client = IonQClient(api_key="k", base_url=emulator.url, max_retries=0)
    try:
        yield client
    finally:
        client.get_httpx_client().close()
        asyncio.run(client.get_async_httpx_client().aclose())


pytestmark = pytest.mark.filterwarnings("ignore:base_url.*does not use HTTPS:UserWarning")
BELL = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "name": "bell",
    "metadata": {"key": "value"},
    "input": {
        "qubits": 2,
        "gateset": "qis",
        "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
    },
}
MULTI = {
    "type": "ionq.multi-circuit.v1",
    "backend": "simulator",
    "shots": 500,
    "input": {
        "gateset": "native",
        "qubits": 2,
        "circuits": [
            {
                "name": "qis circuit override",
                "gateset": "qis",
                "circuit": [
                    {"gate": "x", "target": 0},
                    {"gate": "cnot", "target": 1, "control": 0},
                ],
            },
            {
                "name": "native circuit from parent",
                "circuit": [
                    {"gate": "ms", "targets": [0, 1], "phases": [0, 0.25]},
                    {"gate": "gpi2", "target": 0, "phase": 0.75},
                ],
            },
        ],
    },
}


@pytest.fixture(scope="module")
def client(emulator):
    with connect(emulator) as connected:
        yield connected


def submit(client, body):
    kind = JSONMultiCircuitJob if "circuits" in body["input"] else None
    payload = (kind or CircuitJobCreationPayload).from_dict(body)
    return create_job.sync(client=client, body=payload).id


def artifact(client, job_id, descriptor):
    detailed = get_job_artifact.sync_detailed(uuid=job_id, artifact_id=descriptor.id, client=client)
    return json.loads(detailed.content)


def test_a_circuit_from_submission_to_artifacts(client):
    job_id = submit(client, BELL)
    job = wait_for_job(client, job_id, poll_interval=0.01)
    assert job.name == "bell"
    assert job.metadata.to_dict() == {"key": "value"}
    assert get_job_probabilities.sync(uuid=job_id, client=client).to_dict() == {"0": 0.5, "3": 0.5}
    version2 = job.results["ionq.result.probabilities.json.v2"]
    payload = artifact(client, job_id, version2)
    assert payload == {"probabilities": {"registers": {"output_all": {"00": 0.5, "11": 0.5}}}}


def test_the_specifications_multi_circuit_example(client):
    job_id = submit(client, MULTI)
    job = wait_for_job(client, job_id, poll_interval=0.01)
    aggregate = job.results["ionq.result.probabilities-aggregate.json.v1"]
    found = artifact(client, job_id, aggregate)
    assert list(found) == job.child_job_ids
    assert found[job.child_job_ids[0]] == {"3": 1.0}
    children = get_jobs.sync(client=client, parent_job_id=job_id).jobs
    assert [child.id for child in children] == job.child_job_ids


def test_openqasm_3(client):
    body = {
        "type": "ionq.qasm3.v1",
        "backend": "qpu.forte-1",
        "shots": 40,
        "input": {
            "data": 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0];'
            "cx q[0], q[1]; c[0] = measure q[0]; c[1] = measure q[1];"
        },
    }
    job_id = submit(client, body)
    job = wait_for_job(client, job_id, poll_interval=0.01)
    shots = job.results["ionq.result.shots.json.v2"]
    found = artifact(client, job_id, shots)["shots"]
    assert len(found) == 40
    assert all(set(shot["registers"]) == {"c", "output_all"} for shot in found)


def test_backends_characterizations_and_the_key(client):
    names = [b.backend for b in get_backends.sync(client=client)]
    assert {"simulator", "qpu.forte-1", "qpu.forte-enterprise-1"} <= set(names)
    forte = get_backend.sync("qpu.forte-1", client=client)
    assert (forte.qubits, forte.status) == (36, "available")
    (one,) = get_characterizations_for_backend.sync("qpu.forte-1", client=client).characterizations
    again = get_characterization.sync("qpu.forte-1", one.id, client=client)
    assert again.fidelity.spam.median == 0.9942
    assert get_whoami.sync(client=client).key_name


def test_estimates_and_costs(client):
    vectors = [(51, 11, 10_000, 206.95), (51, 11, 1, 25.79), (6375, 1375, 10_000, 25868.75)]
    for one, two, shots, expected in vectors:
        estimate = estimate_job_cost.sync(
            client=client, backend="qpu.forte-1", shots=shots, field_1q_gates=one,
            field_2q_gates=two,
        )  # fmt: skip
        assert estimate.estimated_total_cost == expected
        assert estimate.rate_card.rates[0].job_cost_minimum == 25.7899
    free = wait_for_job(client, submit(client, BELL), poll_interval=0.01)
    assert get_job_cost.sync(uuid=free.id, client=client).to_dict() == {"dry_run": False}
    paid = submit(client, {**BELL, "backend": "qpu.forte-1"})
    assert get_job_cost.sync(uuid=paid, client=client).cost.value == 25.79


def test_pages_and_filters():
    with serve() as emulator, connect(emulator) as client:
        ids = [submit(client, BELL) for _ in range(5)]
        ids.append(submit(client, {**BELL, "backend": "qpu.forte-1"}))
        listed = [job.id for job in iter_jobs(client, limit=2)]
        assert listed == ids[::-1]
        assert [j.id for j in iter_jobs(client, target="qpu.forte-1")] == ids[-1:]
        assert len(get_jobs.sync(client=client, ids=ids[:2]).jobs) == 2
        assert get_jobs.sync(client=client, status="ready").jobs == []


def test_cancel_delete_clone_move():
    with serve(queue=60) as emulator, connect(emulator) as client:
        first, second, third = (
            submit(client, {**BELL, "backend": "qpu.forte-1"}) for _ in range(3)
        )
        assert emulator.summary()["reserved"] == "77.37"
        assert cancel_job.sync(uuid=first, client=client).status == "canceled"
        assert emulator.summary()["reserved"] == "51.58"
        cancel_jobs.sync(client=client, body=JobsBulkOperationRequest(ids=[second]))
        clone_job.sync(uuid=first, client=client, body=CloneJobPayload(shots=7))
        move_job.sync(uuid=third, client=client, body=CloneJobPayload(backend="simulator"))
        states = emulator.summary()["by_state"]
        assert states == {"canceled": 3, "ready": 2}
        delete_job.sync(uuid=first, client=client)
        delete_jobs.sync(client=client, body=JobsBulkOperationRequest(ids=[second]))
        with pytest.raises(NotFoundError):
            get_job_cost.sync(uuid=first, client=client)


def test_sessions_and_their_limits(client):
    with SessionManager(client, "qpu.forte-1", max_cost=30.0, max_jobs=5) as session:
        assert session.status() == "created"
        body = {**BELL, "backend": "qpu.forte-1", "session_id": session.session_id}
        job_id = submit(client, body)
        with pytest.raises(BadRequestError, match="cost limit"):
            submit(client, body)
        inside = [job.id for job in iter_session_jobs(client, session.session_id)]
        assert inside == [job_id]
        assert session.status() == "started"
    assert session.status() == "ended"
    with pytest.raises(BadRequestError, match="ended"):
        submit(client, body)
    assert session.session_id in {s.id for s in get_sessions.sync(client=client).sessions}


def test_usage_and_formats(client):
    submit(client, {**BELL, "backend": "qpu.forte-1"})
    today = dt.datetime.now(dt.UTC).date()
    found = get_usages.sync(
        "0b7a2f5e-6c1d-4d55-9a54-8f1f6f1a0001",
        client=client,
        start_date=today - dt.timedelta(days=1),
        end_date=today + dt.timedelta(days=1),
        group_by="project",
        modality="daily",
    )
    assert found.amount_total > 0
    schema = get_format_schema.sync("ionq.result.shots.json.v2", client=client)
    assert schema.type_ == "object"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shots": 0}, "shots"),
        ({"shots": 1_000_001}, "shots"),
        ({"backend": "qpu.nowhere"}, "backend"),
        ({"noise": {"model": "harmony"}}, "rates of `harmony` are not known"),
        ({"metadata": {"k" * 41: "v"}}, "at most 40"),
    ],
)
def test_refusals_have_the_vendors_form(client, change, message):
    with pytest.raises(BadRequestError, match=message) as refused:
        submit(client, {**BELL, **change})
    assert refused.value.body["statusCode"] == 400
    assert refused.value.body["validation"]["source"] == "payload"


def test_too_many_requests_say_when_to_come_back():
    with serve(faults=["429@1"]) as emulator, connect(emulator) as client:
        with pytest.raises(RateLimitError) as refused:
            submit(client, BELL)
        assert refused.value.retry_after == 1.0
        assert emulator.summary()["jobs"] == 0
