"""What Azure says of a job and of a target."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from qml.backends.azure.ticket import Ticket, intent_of
from qml.backends.azure.translate import counts, sample
from qml.backends.base import Results
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.errors import ProviderError
from qml.results.usage import Usage
from qml.units import Money

_PHASES = {
    "Queued": Phase.QUEUED,
    "Waiting": Phase.QUEUED,
    "Executing": Phase.RUNNING,
    "Finishing": Phase.RUNNING,
    "CancellationRequested": Phase.RUNNING,
    "Cancelling": Phase.RUNNING,
    "Completed": Phase.DONE,
    "Succeeded": Phase.DONE,
    "Failed": Phase.FAILED,
    "Cancelled": Phase.CANCELLED,
}


def phase(details: Any) -> Phase:
    """Read a status.

    Raises:
        ProviderError: It is one that did not exist when this was written.
    """
    try:
        return _PHASES[details.status]
    except KeyError:
        raise ProviderError(f"job {details.id} has the unknown status {details.status}") from None


def progress(details: Any) -> Progress:
    """Read where a job stands; Azure tells no place in the queue."""
    error = details.error_data
    said = None if error is None else f"{error.code}: {error.message}"
    return Progress(phase=phase(details), detail=said)


def listed(details: Any) -> Listed:
    """Read a row of the list of jobs."""
    created = details.creation_time
    return Listed(
        id=details.id,
        key=intent_of(details.metadata),
        phase=phase(details),
        submitted=None if created is None else created.timestamp(),
    )


def bill(details: Any) -> Money | None:
    """Read the cost that the provider reported, without tax; None until it has."""
    cost = details.cost_estimate
    if cost is None:
        return None
    return Money(amount=Decimal(str(cost.estimated_total)), currency=cost.currency_code)


def results(details: Any, content: bytes, *, exact: bool) -> Results:
    """Read the histogram of a job that is done.

    Args:
        details: The job.
        content: Its output.
        exact: Whether the histogram holds a simulator's probabilities, and not frequencies.

    Raises:
        ProviderError: The job is none of ours, or its output is no histogram.
    """
    ticket = Ticket.read(details.metadata)
    histogram = _histogram(content, details.id)
    if exact:
        tally = sample(histogram, ticket.places, ticket.shots, ticket.seed)
    else:
        tally = counts(histogram, ticket.places, ticket.shots)
    used = Usage(
        submissions=1,
        circuits=1,
        shots=ticket.shots,
        one_qubit=ticket.one_qubit,
        two_qubit=ticket.two_qubit,
        seconds=_elapsed(details),
    )
    return Results(counts=(tally,), usage=used)


def machine(providers: Iterable[Any], target: str) -> Machine:
    """Read how a target is doing; queue times are averages in seconds.

    Raises:
        ProviderError: The workspace does not have the target.
    """
    for provider in providers:
        for found in provider.targets:
            if found.id == target:
                state = found.current_availability
                return Machine(
                    available=state != "Unavailable",
                    queue=float(found.average_queue_time),
                    detail={"availability": str(state)},
                )
    raise ProviderError(
        f"the workspace has no target `{target}`",
        hint="add the provider IonQ to the workspace in the Azure portal",
    )


def _histogram(content: bytes, job: str) -> dict[str, float]:
    try:
        found = json.loads(content)["histogram"]
        return {key: float(value) for key, value in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProviderError(f"results of job {job} are no histogram: {error!r}") from error


def _elapsed(details: Any) -> float:
    begun, ended = details.begin_execution_time, details.end_execution_time
    return 0.0 if begun is None or ended is None else float((ended - begun).total_seconds())
