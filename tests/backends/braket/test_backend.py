import json
from decimal import Decimal

import numpy as np
import pytest

from qml.backends.base import Intent, Job
from qml.backends.registry import open_backend
from qml.backends.remote import Phase
from qml.circuits import Circuit, Gate, Work
from qml.config.sections import BackendSection
from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
)
from qml.testing import circuits, reference
from qml.testing.statistics import distance, distance_bound

WORK = Work(circuits=(circuits.bell(), circuits.asymmetric()), shots=40, seed=1)
INTENT = Intent(key="b5f0c1de-6c25-5d3a-9d5e-9a9a9a9a9a9a", digest="d")


def test_a_batch_is_one_task_of_native_circuits(cloud, opened):
    backend = opened()
    (work,) = backend.split(WORK)
    job = backend.submit(work, INTENT)
    (sent,) = cloud.posts
    assert (sent["clientToken"], sent["tags"]) == (INTENT.key, {"qml-intent": INTENT.key})
    assert sent["shots"] == 80
    sources = [p["source"] for p in json.loads(sent["action"])["programs"]]
    assert all("#pragma braket verbatim" in s for s in sources)
    assert sources[0].count("zz(") == 1
    assert " cnot" not in sources[0]
    assert backend.poll(job).phase is Phase.DONE
    bell, fixed = backend.fetch(Job(id=job.id)).counts
    assert set(bell.tally) <= {"00", "11"}
    assert fixed.tally == {"100": 40}


def test_what_is_told_is_what_was_used(cloud, opened):
    backend = opened()
    used = backend.fetch(backend.submit(WORK, INTENT)).usage
    told = backend.usage(WORK)
    assert (used.circuits, used.shots) == (told.circuits, told.shots) == (2, 80)
    assert (used.one_qubit, used.two_qubit) == (told.one_qubit, told.two_qubit)
    assert told.two_qubit == 1


@pytest.mark.parametrize("name", ["forte-1", "garnet", "sv1"])
def test_every_gate_reaches_the_machine(cloud, opened, name):
    """Native, spelled and simulated: Braket's simulator runs what each road sends."""
    backend = opened(name)
    batch = [circuits.gate_circuit(group) for group in circuits.gate_groups()]
    swapped = Circuit.of(4, [*batch[0].gates, Gate("swap", (3, 0)), Gate("rz", (1,), (0.3,))])
    for work in backend.split(Work(circuits=(*batch, swapped), shots=4000)):
        intent = Intent(key=work.digest, digest="")
        for counts, circuit in zip(
            backend.fetch(backend.submit(work, intent)).counts, work.circuits, strict=True
        ):
            off = distance(counts, reference.probabilities(circuit))
            assert off <= distance_bound(2**circuit.wires, counts.shots)


def test_simulators_of_the_cloud_take_one_circuit_a_task(opened):
    assert [len(w.circuits) for w in opened("sv1").split(WORK)] == [1, 1]
    assert [len(w.circuits) for w in opened(program_sets=False).split(WORK)] == [1, 1]
    many = Work(circuits=(circuits.bell(),) * 230, shots=5)
    assert [len(w.circuits) for w in opened().split(many)] == [100, 100, 30]


@pytest.mark.parametrize(
    "accepted, told, error",
    [
        (False, 400, RefusedError),
        (False, 402, RefusedError),
        (False, 403, RefusedError),
        (False, 410, RefusedError),
        (False, 424, RefusedError),
        (False, 429, ThrottledError),
        (False, 408, UnknownSubmissionError),
        (True, 409, UnknownSubmissionError),
        (False, 500, UnknownSubmissionError),
        (True, 500, UnknownSubmissionError),
        (True, 502, UnknownSubmissionError),
        (True, 503, UnknownSubmissionError),
        (True, 504, UnknownSubmissionError),
        (True, "drop", UnknownSubmissionError),
        (True, "garbage", UnknownSubmissionError),
    ],
)
def test_one_request_for_a_submission(cloud, opened, accepted, told, error):
    backend = opened()
    cloud.script = [(accepted, told)]
    with pytest.raises(error) as caught:
        backend.submit(WORK, INTENT)
    assert caught.type is error
    assert len(cloud.posts) == 1
    found = backend.find(INTENT)
    assert (found is not None) is accepted
    if error is ThrottledError:
        assert caught.value.retry_after == 7


def test_a_request_is_not_repeated_when_time_runs_out(cloud, monkeypatch):
    from qml.backends.braket import account

    monkeypatch.setitem(account._PATIENCE, "read_timeout", 0.2)
    backend = open_backend(BackendSection(name="braket.forte-1", braket={"bucket": "mine"}))
    cloud.script = [(True, "hang")]
    with pytest.raises(UnknownSubmissionError, match="timeout"):
        backend.submit(WORK, INTENT)
    assert len(cloud.posts) == len(cloud.tasks) == 1
    backend.close()


def test_a_repetition_is_the_same_purchase(cloud, opened):
    backend = opened()
    cloud.script = [(True, 503)]
    with pytest.raises(UnknownSubmissionError):
        backend.submit(WORK, INTENT)
    again = backend.submit(WORK, INTENT)
    assert [p["clientToken"] for p in cloud.posts] == [INTENT.key] * 2
    assert [t.arn for t in cloud.tasks] == [again.id]


def test_a_long_key_is_a_digest_of_64_characters():
    from qml.backends.braket.account import token

    assert token("a" * 64) == "a" * 64
    assert len(token("a" * 65)) == 64
    assert token("a" * 65) == token("a" * 65) != token("a" * 66)


def test_two_tasks_of_one_key_are_an_alarm(cloud, opened):
    backend = opened()
    cloud.remembers = False
    ids = [backend.submit(WORK, INTENT).id for _ in range(2)]
    with pytest.raises(UnknownSubmissionError) as caught:
        backend.find(INTENT)
    assert all(i in caught.value.message for i in ids)


def test_all_pages_are_searched(cloud, opened):
    backend = opened()
    keys = [f"key-{i}" for i in range(5)]
    made = [backend.submit(WORK, Intent(key=k, digest="")).id for k in keys]
    assert backend.find(Intent(key="key-4", digest="")) == Job(id=made[4])
    assert [row.key for row in backend.jobs(0.0)] == keys
    assert list(backend.jobs(4e9)) == []
    assert opened("garnet").find(Intent(key="key-4", digest="")) is None


@pytest.mark.parametrize("told", [429, 500, 503, 504, "drop"])
def test_reads_may_be_repeated(cloud, opened, told):
    backend = opened()
    job = backend.submit(WORK, INTENT)
    for call in (lambda: backend.poll(job), lambda: backend.find(INTENT)):
        before = cloud.reads
        cloud.failing_reads = [told]
        with pytest.raises(TransientError):
            call()
        assert cloud.reads == before + 1


def test_a_task_that_is_not_known_yet_may_be_asked_for_again(opened):
    with pytest.raises(TransientError):
        opened().poll(Job(id="arn:aws:braket:us-east-1:123456789012:quantum-task/nine"))


def test_a_denied_read_is_not_repeated(cloud, opened):
    backend = opened()
    cloud.failing_reads = [403]
    with pytest.raises(ProviderError) as caught:
        backend.find(INTENT)
    assert not isinstance(caught.value, TransientError)


def test_progress_has_the_position_in_the_queue(cloud, opened):
    backend = opened()
    job = backend.submit(WORK, INTENT)
    (task,) = cloud.tasks
    task.status, task.position = "QUEUED", ">2000"
    assert (backend.poll(job).phase, backend.poll(job).position) == (Phase.QUEUED, 2000)
    with pytest.raises(ProviderError, match="it is queued"):
        backend.fetch(job)
    task.status, task.reason = "FAILED", "the ion left"
    assert (backend.poll(job).phase, backend.poll(job).detail) == (Phase.FAILED, "the ion left")
    backend.cancel(job)
    assert backend.poll(job).phase is Phase.CANCELLED
    task.status = "PONDERING"
    with pytest.raises(ProviderError, match="PONDERING"):
        backend.poll(job)


def test_a_program_set_without_all_of_its_shots_has_failed(cloud, opened):
    backend = opened()
    job = backend.submit(WORK, INTENT)
    cloud.tasks[0].more = {"actionMetadata": {"executableCount": 2}, "numSuccessfulShots": 80}
    assert backend.poll(job).phase is Phase.DONE
    cloud.tasks[0].more["numSuccessfulShots"] = 40
    progress = backend.poll(job)
    assert progress.phase is Phase.FAILED
    assert "40 of 80 shots" in progress.detail
    with pytest.raises(ProviderError, match="it is failed"):
        backend.fetch(job)


def test_the_machine_and_its_spending_limits(cloud, opened):
    cloud.limits = [
        {
            "spendingLimitArn": "arn:aws:braket:us-east-1:1:spending-limit/a",
            "deviceArn": "arn:aws:braket:us-east-1::device/qpu/ionq/Forte-1",
            "timePeriod": {"startAt": 1.79e9, "endAt": 1.8e9},
            "spendingLimit": "100.00",
            "queuedSpend": "1.30",
            "totalSpend": "20.00",
            "createdAt": 1.79e9,
            "updatedAt": 1.79e9,
        }
    ]
    backend = opened()
    machine = backend.machine()
    assert (machine.available, machine.two_qubit_fidelity) == (True, 0.9952)
    assert machine.detail["queues"] == {"QUANTUM_TASKS_QUEUE Normal": "12"}
    (limit,) = machine.detail["spending_limits"]
    assert Decimal(limit["spendingLimit"]) == 100
    assert json.loads(json.dumps(backend.snapshot()))["spending_limits"] == [limit]


def test_spending_limits_that_may_not_be_read_say_so(cloud, opened):
    cloud.denied = True
    machine = opened().machine()
    assert machine.available
    assert "AccessDeniedException" in machine.detail["spending_limits"]


def test_the_accounts_default_bucket_is_made_where_none_is_named(cloud, opened):
    backend = opened(bucket=None)
    backend.submit(WORK, INTENT)
    assert cloud.buckets == ["/amazon-braket-us-east-1-123456789012"]
    assert cloud.posts[0]["outputS3Bucket"] == "amazon-braket-us-east-1-123456789012"


def test_time_is_guessed_for_simulators_alone(opened):
    wide = Work(circuits=(circuits.uniform(30),), shots=10)
    assert opened().seconds(wide) is None
    assert opened("sv1").seconds(wide) == pytest.approx(30 * 2**30 / 1e9)
    assert np.isclose(opened("dm1").seconds(WORK), opened("dm1").seconds(WORK))
