"""What the SDK's jobs and machines say, in qml's words. Whoever calls minds the network."""

from statistics import median
from typing import Any

from qiskit_ibm_runtime.exceptions import RuntimeInvalidStateError

from qml.backends.ibm.ticket import Ticket
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.errors import ProviderError

_PHASES = {
    "INITIALIZING": Phase.QUEUED,
    "QUEUED": Phase.QUEUED,
    "RUNNING": Phase.RUNNING,
    "DONE": Phase.DONE,
    "ERROR": Phase.FAILED,
    "FAILED": Phase.FAILED,
    "CANCELLED": Phase.CANCELLED,
}
_PAIR = 2


def phase(job: Any) -> Phase:
    """Ask where a job stands.

    Raises:
        ProviderError: IBM uses a word that is not known here.
    """
    word = str(job.status())
    found = _PHASES.get(word.split(" ", maxsplit=1)[0])  # "CANCELLED - RAN TOO LONG"
    if found is None:
        raise ProviderError(f"job {job.job_id()} is `{word}`, which qml does not know")
    return found


def progress(job: Any) -> Progress:
    """Ask where a job stands and, where it failed, why; IBM tells no position in its queue."""
    found = phase(job)
    if found is not Phase.FAILED:
        return Progress(phase=found)
    said = " ".join(str(job.error_message() or "no reason was given").split())
    spent = seconds(job)
    return Progress(phase=found, detail=f"{said} (IBM counts {spent:g} s)" if spent else said)


def seconds(job: Any) -> float:
    """Ask how many seconds IBM counts for a job, so far."""
    return float(job.usage(partial=True) or 0.0)


def cancel(job: Any) -> None:
    """Ask to drop a job; one that has ended cannot be dropped, which is no error."""
    try:
        job.cancel()
    except RuntimeInvalidStateError:
        return


def listed(job: Any) -> Listed:
    """Return a row of the account's list; the state is asked for."""
    created = job.creation_date
    return Listed(
        id=str(job.job_id()),
        key=Ticket.read(job.tags).key,
        phase=phase(job),
        submitted=created.timestamp() if created is not None else None,
    )


def machine(device: Any) -> Machine:
    """Ask how a machine is doing: its queue in jobs, its calibration, its two-qubit gates."""
    status = device.status()
    device.properties(refresh=True)
    return Machine(
        available=bool(status.operational) and status.status_msg == "active",
        two_qubit_fidelity=fidelity(device.target),
        calibrated=calibrated(device),
        detail={"pending_jobs": int(status.pending_jobs), "status": str(status.status_msg)},
    )


def calibrated(device: Any) -> float | None:
    """Return the moment of a machine's latest calibration, seconds since the epoch."""
    properties = device.properties()
    return float(properties.last_update_date.timestamp()) if properties is not None else None


def fidelity(target: Any) -> float | None:
    """Return the median fidelity of a machine's pairs; pairs that do not work are left out."""
    errors = [
        facts.error
        for name in target.operation_names
        for on, facts in (target[name] or {}).items()
        if on is not None and len(on) == _PAIR and facts is not None and facts.error is not None
    ]
    working = [e for e in errors if e < 1]
    return 1 - median(working) if working else None
