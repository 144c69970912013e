"""`/jobs/estimate`, `/jobs/{id}/cost` and `/organizations/{id}/usage`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from qml.emulators.ionq import limits, views
from qml.emulators.ionq.answers import Answer, bad_request
from qml.emulators.ionq.billing import CARDS, price
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.clockwork import iso, milliseconds
from qml.emulators.ionq.devices import DEVICES
from qml.emulators.ionq.jobs import Job
from qml.emulators.ionq.routes.base import route
from qml.emulators.ionq.service import Service

_MOST_GATES = 2**31 - 1
_GROUPS = ("job", "project", "user")
_LENGTHS = {"daily": 1, "weekly": 7, "monthly": 31}


def estimate(service: Service, call: Call) -> Answer:
    """Price a job that is not submitted."""
    backend = call.one("backend")
    if backend not in DEVICES:
        raise bad_request(
            f'"backend" must be one of {", ".join(DEVICES)}.', "backend", source="query"
        )
    asked: dict[str, Any] = {
        "backend": backend,
        "type": call.one("type") or "ionq.circuit.v1",
        "qubits": call.number("qubits", 25, 1, _MOST_GATES),
        "shots": call.number("shots", 1000, 1, limits.SHOTS),
        "1q_gates": call.number("1q_gates", 0, 0, _MOST_GATES),
        "2q_gates": call.number("2q_gates", 0, 0, _MOST_GATES),
        "error_mitigation": call.one("error_mitigation") in {"true", "True", "1"},
    }
    cost = price(
        backend,
        [(asked["1q_gates"], asked["2q_gates"])],
        asked["shots"],
        mitigated=asked["error_mitigation"],
        minimum=service.options.minimum,
    )
    body = {
        "estimate_context": asked | {"organization": views.ORGANIZATION, "project": views.PROJECT},
        "estimated_at": iso(service.clock.now()),
        "estimated_unit": "usd",
        "rate_card": {"id": "emulated", "rates": _rates(backend, asked["error_mitigation"])},
        "estimated_total_cost": float(cost),
        "estimated_execution_time": _execution_ms(asked),
        "current_predicted_queue_time": milliseconds(service.options.queue),
    }
    return Answer(body=body)


def cost(service: Service, call: Call) -> Answer:
    """Return what a job will cost, and what it cost once it has completed."""
    job, now = service.job(call.parts[0]), service.clock.now()
    body: dict[str, Any] = {"dry_run": job.dry_run}
    if job.backend in CARDS:
        body["estimated_cost"] = _amount(job.price)
        if job.state(now) == "completed":
            body["cost"] = _amount(job.billed(now))
    return Answer(body=body)


def usage(service: Service, call: Call) -> Answer:
    """Return what was billed between two days, by job, project or user."""
    start, end = _day(call, "start_date"), _day(call, "end_date")
    group, length = call.one("group_by"), call.one("modality")
    if group not in _GROUPS or length not in _LENGTHS:
        raise bad_request('"group_by" or "modality" is unknown.', "group_by", source="query")
    now = service.clock.now()
    jobs = [job for job in service.jobs() if job.billed(now) and start <= _date(job) <= end]
    periods: dict[dt.date, list[Job]] = defaultdict(list)
    for job in jobs:
        steps = (_date(job) - start).days // _LENGTHS[length]
        periods[start + dt.timedelta(days=steps * _LENGTHS[length])].append(job)
    body = {
        "organization": call.parts[0],
        "start_date": start.isoformat(),
        "end_date": end.isoformat(),
        "usage_from": f"{start}T00:00:00Z",
        "usage_to": f"{end}T23:59:59Z",
        "group_type": group,
        "modality": length,
        "usage_unit": "USD",
        "amount_total": _billed(jobs, now),
        "time_us_total": _microseconds(jobs),
        "job_count": len(jobs),
        "usage_data": [
            {
                "from": day.isoformat(),
                "job_count": len(inside),
                "amount": _billed(inside, now),
                "amount_unit": "USD",
                "time_us": _microseconds(inside),
                "group_usages": _groups(inside, group, now),
            }
            for day, inside in sorted(periods.items(), reverse=True)
        ],
    }
    return Answer(body=body)


def _groups(jobs: list[Job], group: str, now: float) -> list[dict[str, Any]]:
    """Return the five groups that cost most."""
    homes: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        homes[{"job": job.id, "project": views.PROJECT, "user": views.SUBMITTER}[group]].append(job)
    shown = [
        {
            "group_id": name,
            "group_name": inside[0].request["name"] or name
            if group == "job"
            else f"the one {group}",
            "job_count": len(inside),
            "amount": _billed(inside, now),
            "amount_unit": "USD",
            "time_us": _microseconds(inside),
        }
        for name, inside in homes.items()
    ]
    return sorted(shown, key=lambda g: g["amount"], reverse=True)[:5]


def _billed(jobs: Iterable[Job], now: float) -> float:
    return float(sum((job.billed(now) for job in jobs), Decimal(0)))


def _microseconds(jobs: Iterable[Job]) -> int:
    return sum(views.execution_ms(job) * 1000 for job in jobs)


def _date(job: Job) -> dt.date:
    return dt.datetime.fromtimestamp(job.ended_at, dt.UTC).date()


def _day(call: Call, key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(call.one(key) or "")
    except ValueError:
        raise bad_request(f'"{key}" must be a date.', key, source="query") from None


def _amount(value: Decimal) -> dict[str, Any]:
    return {"value": float(value), "unit": "usd"}


def _rates(backend: str, mitigated: bool) -> list[dict[str, Any]]:  # noqa: FBT001 - an answer's field
    card = CARDS.get(backend)
    if card is None:
        return []
    return [
        {
            "sku": card.sku,
            "unit": "gates",
            "cost_1q_gate": float(card.one_qubit),
            "cost_2q_gate": float(card.two_qubit),
            "job_cost_minimum": float(card.minimum_mitigated if mitigated else card.minimum),
        }
    ]


def _execution_ms(asked: dict[str, Any]) -> int:
    seconds = DEVICES[asked["backend"]].seconds
    if seconds is None:
        return 1
    gates = asked["1q_gates"] * seconds["1q"] + asked["2q_gates"] * seconds["2q"]
    return milliseconds(asked["shots"] * (gates + seconds["readout"] + seconds["reset"]))


ROUTES = (
    route("GET", "/jobs/estimate", estimate),
    route("GET", "/jobs/*/cost", cost),
    route("GET", "/organizations/*/usage", usage),
)
