"""`/emulator`: what the vendor does not have, for tests and for people."""

from collections import Counter
from decimal import Decimal
from typing import Any

from qml.emulators.ionq.answers import Answer
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.routes.base import route
from qml.emulators.ionq.service import Service


def summary(service: Service) -> dict[str, Any]:
    """Count jobs, money, requests and faults; money in USD as text."""
    now, jobs = service.clock.now(), service.jobs()
    counters = service.store.counters()
    return {
        "schema": "qml.emulator.summary/1",
        "jobs": len(jobs),
        "by_state": dict(sorted(Counter(job.state(now) for job in jobs).items())),
        "billed": str(sum((job.billed(now) for job in jobs), Decimal("0.00"))),
        "reserved": str(sum((job.reserved(now) for job in jobs), Decimal("0.00"))),
        "currency": "USD",
        "posts": counters.get("posts", 0),
        "faults": {
            name.removeprefix("fault/"): n
            for name, n in counters.items()
            if name.startswith("fault/")
        },
    }


def show_summary(service: Service, call: Call) -> Answer:
    """Show the summary."""
    del call
    return Answer(body=summary(service))


def all_jobs(service: Service, call: Call) -> Answer:
    """List all jobs, oldest first, deleted and hidden ones as well."""
    del call
    now = service.clock.now()
    shown = [
        {
            "id": job.id,
            "number": job.number,
            "state": job.state(now),
            "backend": job.backend,
            "type": job.request["type"],
            "name": job.request["name"],
            "metadata": job.request["metadata"],
            "shots": job.shots,
            "circuits": len(job.gates),
            "gates": {
                "1q": sum(one for one, _ in job.gates),
                "2q": sum(two for _, two in job.gates),
            },
            "digest": job.digest,
            "price": str(job.price),
            "billed": str(job.billed(now)),
            "reserved": str(job.reserved(now)),
            "debiasing": job.mitigated,
            "dry_run": job.dry_run,
            "deleted": job.deleted,
        }
        for job in reversed(service.jobs())
    ]
    return Answer(body={"jobs": shown})


ROUTES = (
    route("GET", "/summary", show_summary, key=False),
    route("GET", "/jobs", all_jobs, key=False),
)
