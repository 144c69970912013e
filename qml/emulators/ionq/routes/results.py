"""`/jobs/{id}/results`, `/jobs/{id}/artifacts` and `/schemas/formats`."""

from typing import Any

from qml.emulators.ionq import results, views
from qml.emulators.ionq.answers import Answer, not_found
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.formats import FORMATS, schema
from qml.emulators.ionq.routes.base import route
from qml.emulators.ionq.service import Service

_LEGACY = {
    "probabilities": results.PROBABILITIES_1,
    "histogram": results.HISTOGRAM_1,
    "shots": results.SHOTS_1,
}


def legacy(service: Service, call: Call) -> Answer:
    """Return results by their older address."""
    job_id, kind = call.parts
    job = service.job(job_id)
    if kind == "probabilities" and job.multi:
        return aggregated(service, call)
    name = _LEGACY.get(kind, "")
    if name not in views.formats(job):
        raise not_found(f"Result {kind} of job {job_id}")
    return Answer(body=_payload(service, job_id, name))


def aggregated(service: Service, call: Call) -> Answer:
    """Return the probabilities of all circuits of a multi-circuit job."""
    job_id = call.parts[0]
    if not service.job(job_id).multi:
        raise not_found(f"Aggregated result of job {job_id}")
    return Answer(body=_payload(service, job_id, results.AGGREGATE))


def artifact(service: Service, call: Call) -> Answer:
    """Return an artifact by its id."""
    job_id, wanted = call.parts
    for name in views.formats(service.job(job_id)):
        if wanted == results.artifact_id(job_id, name):
            return Answer(body=_payload(service, job_id, name))
    raise not_found(f"Artifact {wanted} of job {job_id}")


def format_schema(service: Service, call: Call) -> Answer:
    """Return the JSON schema of a format."""
    del service
    if call.parts[0] not in FORMATS:
        raise not_found(f"Format {call.parts[0]}")
    return Answer(body=schema(call.parts[0]))


def _payload(service: Service, job_id: str, name: str) -> Any:
    ran = service.results(job_id)
    if name == results.AGGREGATE:
        children = service.job(job_id).children
        return {
            child: results.payload(results.PROBABILITIES_1, one.outcomes, one.program, one.seed)
            for child, one in zip(children, ran, strict=True)
        }
    (one,) = ran
    return results.payload(name, one.outcomes, one.program, one.seed)


ROUTES = (
    route("GET", "/jobs/*/results/probabilities/aggregated", aggregated),
    route("GET", "/jobs/*/results/*", legacy),
    route("GET", "/jobs/*/artifacts/*", artifact),
    route("GET", "/schemas/formats/*", format_schema),
)
