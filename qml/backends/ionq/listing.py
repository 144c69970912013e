"""The account's list of jobs: where a job is found again whose answer was lost.

IonQ filters by machine and not by metadata, so that all pages are read and matched here.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from qml.backends.ionq.client import Client, Document
from qml.backends.ionq.ticket import key_of
from qml.backends.remote import Listed, Phase
from qml.errors import ProviderError, TransientError, UnknownSubmissionError

PAGE = 100

_PHASES = {
    "submitted": Phase.QUEUED,
    "ready": Phase.QUEUED,
    "started": Phase.RUNNING,
    "completed": Phase.DONE,
    "failed": Phase.FAILED,
    "canceled": Phase.CANCELLED,
}


def phase_of(job: Document) -> Phase:
    """Read where a job stands.

    Raises:
        ProviderError: In a state that API v0.4 does not know.
    """
    status = job.get("status")
    try:
        return _PHASES[str(status)]
    except KeyError:
        raise ProviderError(
            f"job {job.get('id')} of IonQ is in a state `{status}` that qml does not know",
            hint="the job goes on; a newer qml may know it",
        ) from None


def jobs(client: Client, backend: str) -> Iterator[Document]:
    """List the jobs on one machine, all pages; the parts of a multi-circuit job are left out.

    Args:
        client: IonQ's API.
        backend: The API's name of the machine.

    Raises:
        TransientError: A page cannot be read, or the pages go in a circle.
    """
    cursor, seen = None, set[str]()
    while True:
        page = client.get("jobs", params=_query(backend, cursor))
        listed = page.get("jobs")
        if not isinstance(listed, list) or not all(isinstance(job, dict) for job in listed):
            raise TransientError("IonQ's list of jobs is none")
        yield from (j for j in listed if j.get("backend") == backend and not j.get("parent_job_id"))
        cursor = page.get("next")
        if not cursor:
            return
        if cursor in seen:
            raise TransientError("IonQ's list of jobs does not end")
        seen.add(cursor)


def find(client: Client, backend: str, key: str) -> str | None:
    """Return the id of the one job that carries a key, or None.

    Raises:
        UnknownSubmissionError: Several do.
    """
    found = sorted({str(job["id"]) for job in jobs(client, backend) if key_of(job) == key})
    if len(found) > 1:
        raise UnknownSubmissionError(
            f"IonQ has {len(found)} jobs of one intent, where one was sent: {', '.join(found)}",
            details=f"intent {key}",
            hint="cancel all but one with IonQ, then `qml jobs adopt` that one",
        )
    return found[0] if found else None


def since(client: Client, backend: str, moment: float) -> Iterator[Listed]:
    """List jobs that were submitted since a moment (seconds since the epoch)."""
    for job in jobs(client, backend):
        submitted = moment_of(job.get("submitted_at"))
        if submitted is None or submitted >= moment:
            yield Listed(
                id=str(job["id"]), key=key_of(job), phase=phase_of(job), submitted=submitted
            )


def moment_of(text: Any) -> float | None:
    """Read a moment (ISO 8601, UTC where it does not say) as seconds since the epoch."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    from datetime import UTC

    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def _query(backend: str, cursor: str | None) -> dict[str, Any]:
    query: dict[str, Any] = {"target": backend, "limit": PAGE}
    return {**query, "next": cursor} if cursor else query
