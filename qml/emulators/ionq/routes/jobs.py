"""`/jobs`: submit, list, show, cancel, delete, clone, move."""

from collections.abc import Iterable
from typing import Any

from qml.emulators.ionq import views
from qml.emulators.ionq.answers import Answer, bad_request
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.jobs import Job
from qml.emulators.ionq.routes.base import route
from qml.emulators.ionq.service import Service

_PAGE, _LARGEST_PAGE = 25, 1000
_CLONED = ("type", "backend", "shots", "name", "metadata", "noise", "settings", "dry_run")


def created(job: Job) -> Answer:
    """Return the answer to a submission."""
    return Answer(
        status=201,
        body={"id": job.id, "status": "submitted", "session_id": job.request["session_id"]},
    )


def list_jobs(service: Service, call: Call) -> Answer:
    """List jobs, newest first; there is no filter on names or metadata."""
    return page(service, call, _listed(service, call))


def page(service: Service, call: Call, found: list[Job]) -> Answer:
    """Return one page of jobs; `next` is the id of the first job of the next page."""
    size, first = call.number("limit", _PAGE, 1, _LARGEST_PAGE), call.one("next")
    start = 0
    if first is not None:
        ids = [job.id for job in found]
        if first not in ids:
            raise bad_request('"next" is unknown.', "next", source="query")
        start = ids.index(first)
    shown, rest = found[start : start + size], found[start + size :]
    now = service.clock.now()
    body = {
        "jobs": [views.listed_object(job, now) for job in shown],
        "next": rest[0].id if rest else None,
    }
    return Answer(body=body)


def selected(service: Service, call: Call, jobs: Iterable[Job]) -> list[Job]:
    """Return the jobs that the query asks for, and that are not hidden or deleted."""
    now = service.clock.now()
    states, targets, ids = call.many("status"), call.many("target"), call.many("ids")
    session, submitter = call.one("session_id"), call.one("submitter_id")
    return [
        job
        for job in jobs
        if not job.deleted
        and now >= job.submitted_at + job.hidden
        and (not states or job.state(now) in states)
        and (not targets or job.backend in targets)
        and (not ids or job.id in ids)
        and session in {None, job.request["session_id"]}
        and submitter in {None, views.SUBMITTER}
    ]


def _listed(service: Service, call: Call) -> list[Job]:
    parent = call.one("parent_job_id")
    if parent is None:
        return selected(service, call, service.jobs())
    job = service.job(parent)
    return selected(service, call, [views.child(job, i) for i in range(len(job.children))])


def show(service: Service, call: Call) -> Answer:
    """Show a job."""
    return Answer(body=views.job_object(service.job(call.parts[0]), service.clock.now()))


def cancel(service: Service, call: Call) -> Answer:
    """Cancel a job."""
    service.cancel(call.parts[0])
    return Answer(body={"id": call.parts[0], "status": "canceled"})


def cancel_many(service: Service, call: Call) -> Answer:
    """Cancel jobs, all or none."""
    ids = _ids(call.body)
    with service.store.transaction():
        for job_id in ids:
            service.cancel(job_id)
    return Answer(body={"ids": ids, "status": "canceled"})


def delete(service: Service, call: Call) -> Answer:
    """Delete a job."""
    service.delete(call.parts[0])
    return Answer(body={"id": call.parts[0], "status": "deleted"})


def delete_many(service: Service, call: Call) -> Answer:
    """Delete jobs, all or none."""
    ids = _ids(call.body)
    with service.store.transaction():
        for job_id in ids:
            service.delete(job_id)
    return Answer(body={"ids": ids, "status": "deleted"})


def clone(service: Service, call: Call) -> Answer:
    """Submit a job once more, with what the body changes."""
    return created(_cloned(service, call))


def move(service: Service, call: Call) -> Answer:
    """Submit a job once more, and cancel the first one."""
    with service.store.transaction():
        service.cancel(call.parts[0])
        return created(_cloned(service, call))


def _cloned(service: Service, call: Call) -> Job:
    job = service.whole(call.parts[0])
    old = {k: job.request[k] for k in _CLONED if job.request[k] is not None}
    body: dict[str, Any] = old | call.body | {"input": service.store.input_of(job.id)}
    return service.accept(body, 0)


def _ids(body: dict[str, Any]) -> list[str]:
    ids = body.get("ids")
    if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
        raise bad_request('"ids" must be a list of ids.', "ids")
    return ids


ROUTES = (
    route("GET", "/jobs", list_jobs),
    route("DELETE", "/jobs", delete_many),
    route("PUT", "/jobs/status/cancel", cancel_many),
    route("GET", "/jobs/*", show),
    route("DELETE", "/jobs/*", delete),
    route("PUT", "/jobs/*/status/cancel", cancel),
    route("POST", "/jobs/*/clone", clone),
    route("POST", "/jobs/*/move", move),
)
