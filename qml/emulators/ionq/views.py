"""Jobs as the API shows them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from qml.emulators.ionq import results
from qml.emulators.ionq.billing import CARDS
from qml.emulators.ionq.clockwork import iso, milliseconds
from qml.emulators.ionq.devices import DEVICES, IDEAL
from qml.emulators.ionq.jobs import Job

SUBMITTER = "64b0000000000000000e0001"
PROJECT = "5f0c3a52-0a5e-4b0e-8f0a-3a2a54f7b001"
ORGANIZATION = "0b7a2f5e-6c1d-4d55-9a54-8f1f6f1a0001"


def job_object(job: Job, now: float) -> dict[str, Any]:
    """Return a job as GET /jobs/{id} shows it."""
    state = job.state(now)
    over = state in {"completed", "failed"}
    shown = {
        "id": job.id,
        "status": state,
        "type": job.request["type"],
        "backend": job.backend,
        "dry_run": job.dry_run,
        "submitter_id": SUBMITTER,
        "project_id": PROJECT,
        "parent_job_id": job.request.get("parent_job_id"),
        "child_job_ids": list(job.children) or None,
        "session_id": job.request["session_id"],
        "metadata": job.request["metadata"],
        "name": job.request["name"],
        "submitted_at": iso(job.submitted_at),
        "started_at": iso(job.started_at) if over or state == "started" else None,
        "completed_at": _ended(job, now),
        "predicted_wait_time_ms": milliseconds(max(0.0, job.started_at - now)),
        "predicted_execution_duration_ms": execution_ms(job),
        "execution_duration_ms": execution_ms(job) if state == "completed" else None,
        "failure": _failure(job, state),
        "output": {},
        "settings": job.request["settings"],
        "stats": _stats(job),
        "results": _results(job) if state == "completed" else None,
    }
    return shown | _only_where_known(job)


def listed_object(job: Job, now: float) -> dict[str, Any]:
    """Return a job as GET /jobs lists it: the schema of lists has no children."""
    shown = job_object(job, now)
    del shown["child_job_ids"]
    return shown


def child(job: Job, place: int) -> Job:
    """Return a child of a multi-circuit job as a job of its own."""
    request = {**job.request, "type": "ionq.circuit.v1", "parent_job_id": job.id}
    return replace(
        job,
        id=job.children[place],
        request=request,
        gates=(job.gates[place],),
        children=(),
        price=Decimal("0.00"),
    )


def formats(job: Job) -> tuple[str, ...]:
    """Return the formats in which the results of a job can be had."""
    if job.dry_run:
        return ()
    if job.multi:
        return (results.AGGREGATE,)
    return results.EXACT if job.request["noise"]["model"] == IDEAL else results.SAMPLED


def execution_ms(job: Job) -> int:
    """Return how long the machine would take, from the gate times of its characterization."""
    seconds = DEVICES[job.backend].seconds
    if seconds is None:
        return len(job.gates)
    gates = sum(one * seconds["1q"] + two * seconds["2q"] for one, two in job.gates)
    overhead = (seconds["readout"] + seconds["reset"]) * len(job.gates)
    return milliseconds(job.shots * (gates + overhead))


def _results(job: Job) -> dict[str, Any] | None:
    known = formats(job)
    return results.descriptors(job.id, known) if known else None


def _ended(job: Job, now: float) -> str | None:
    if job.canceled_at is not None:
        return iso(job.canceled_at)
    return iso(job.ended_at) if now >= job.ended_at else None


def _failure(job: Job, state: str) -> dict[str, str] | None:
    """Qiskit and Cirq read `error`, which the schema does not have, beside `message`."""
    if state != "failed":
        return None
    return {"code": job.fate.code, "message": job.fate.message, "error": job.fate.message}


def _stats(job: Job) -> dict[str, Any]:
    one, two = (sum(column) for column in zip(*job.gates, strict=True))
    return {
        "qubits": job.qubits,
        "circuits": len(job.gates),
        "gate_counts": {"1q": one, "2q": two},
        "predicted_quantum_compute_time_us": execution_ms(job) * 1000,
    }


def _only_where_known(job: Job) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if job.backend in CARDS:
        shown["cost_model"] = "2QGE_operations"
    else:
        shown["noise"] = job.request["noise"]
    if job.request["noise"]["model"] != IDEAL:
        shown["shots"] = job.shots
    return shown
