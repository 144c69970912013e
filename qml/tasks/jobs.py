"""`qml jobs`: every submission to a vendor, as the ledger knows it."""

from typing import TYPE_CHECKING, Any

from qml.config import Loaded
from qml.config.sections import NoiseSection
from qml.errors import ProviderError, TransientError, UsageError
from qml.execution.submission.draft import Entry, State
from qml.execution.submission.reads import read
from qml.ledger import Booking, Ledger, Transition
from qml.records import timestamp
from qml.session import World, open_project_ledger
from qml.units import Money

if TYPE_CHECKING:  # listing needs no backend
    from qml.backends.base import Job
    from qml.backends.remote import Phase, RemoteBackend

Document = dict[str, Any]
EARLIER = 86_400.0
"""Seconds before the intent from which a vendor's jobs are looked through: clocks differ."""


def jobs_document(
    loaded: Loaded, world: World, *, run_id: str | None, states: list[str]
) -> Document:
    """Return `qml.jobs/1`, oldest first."""
    wanted = {State(state) for state in states} or None
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        entries = ledger.entries(run_id=run_id, states=wanted)
    return {"schema": "qml.jobs/1", "jobs": [job_row(entry) for entry in entries]}


def job_document(loaded: Loaded, world: World, key: str) -> Document:
    """Return `qml.job/1` of one submission.

    Raises:
        LedgerError: No intent has that key, or several begin so.
    """
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        return _document(ledger, ledger.get(key))


def adopt(loaded: Loaded, world: World, key: str, job_id: str) -> Document:
    """Tie a vendor's job to an intent whose answer was lost; returns `qml.job/1`.

    Raises:
        LedgerError: The intent is not one that waits for a job.
        UsageError: The job carries the key of another intent.
        ProviderError: The vendor knows no such job.
    """
    from qml.backends.base import Job

    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        entry = ledger.get(key)
        with_vendor = _open(loaded, entry, world)
        try:
            read(with_vendor.poll, Job(id=job_id))
            _refuse_anothers(with_vendor, entry, job_id)
        finally:
            with_vendor.close()
        return _document(ledger, ledger.adopt(entry.key, job_id))


def cancel(loaded: Loaded, world: World, key: str) -> Document:
    """Cancel a submission; returns `qml.job/1`.

    What was never sent is dropped here; a job at the vendor is cancelled there. One that was done
    before it could be cancelled is settled: its results are paid for, and a resumed run reads them.
    One that was deleted there is closed at its estimate: nobody tells any more what was billed.
    One whose answer was lost is looked for: cancelled where it is found, dropped where the vendor
    lists no job of its key.

    Raises:
        UsageError: It is over already.
        ProviderError: The vendor refused.
    """
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        entry = ledger.get(key)
        if entry.state is State.INTENDED:
            entry = ledger.move(entry.key, State.CANCELLED, detail="cancelled by hand")
        elif entry.state is State.SUBMITTED:
            entry = _cancel_at_vendor(ledger, entry, loaded, world)
        elif entry.state in {State.SENDING, State.UNKNOWN}:
            entry = _cancel_unknown(ledger, entry, loaded, world)
        else:
            raise UsageError(
                f"{entry.key} is {entry.state}, there is nothing to cancel",
                hint=f"qml jobs show {entry.key}",
            )
        return _document(ledger, entry)


def job_row(entry: Entry) -> Document:
    """Return a row of `qml.jobs/1`."""
    draft = entry.draft
    return {
        "intent": draft.key,
        "run_id": draft.run_id,
        "name": draft.name,
        "provider": draft.provider,
        "device": draft.device,
        "provider_job_id": entry.job_id,
        "state": str(entry.state),
        "circuits": draft.circuits,
        "shots": draft.shots,
        "gates": {"1q": draft.one_qubit, "2q": draft.two_qubit},
        "estimated": f"{draft.estimate.expected:.2f}",
        "reserved": f"{entry.reserved:.2f}",
        "billed": None if entry.billed is None else f"{entry.billed:.2f}",
        "currency": draft.estimate.currency,
        "created": timestamp(entry.created),
        "updated": timestamp(entry.updated),
        "detail": entry.detail,
    }


def _refuse_anothers(backend: "RemoteBackend", entry: Entry, job_id: str) -> None:
    """Refuse a job of other work: its results would be taken for those of this intent.

    Raises:
        UsageError: The job carries another key.
    """
    listed = read(lambda: list(backend.jobs(entry.created - EARLIER)))
    key = next((job.key for job in listed if job.id == job_id), None)
    if key is not None and key != entry.key:
        raise UsageError(
            f"job {job_id} carries the key {key}: it is other work than {entry.key}",
            hint=f"`qml jobs show {entry.key}` tells what was to be sent, and when",
        )


def _cancel_at_vendor(ledger: Ledger, entry: Entry, loaded: Loaded, world: World) -> Entry:
    from qml.backends.base import Job

    assert entry.job_id is not None
    backend = _open(loaded, entry, world)
    job = Job(id=entry.job_id)
    try:
        phase = _ask_to_cancel(backend, job)
        bill = read(backend.billed, job) if phase.final else None
    except TransientError:
        raise
    except ProviderError:
        if not _is_gone(backend, entry):
            raise
        return _given_up(ledger, entry)
    finally:
        backend.close()
    if not phase.final:  # the vendor takes its time; the run, or `qml runs resume`, books the end
        return entry
    return _booked(ledger, entry, phase, bill)


def _cancel_unknown(ledger: Ledger, entry: Entry, loaded: Loaded, world: World) -> Entry:
    from qml.backends.base import Intent

    backend = _open(loaded, entry, world)
    try:
        job = read(backend.find, Intent(key=entry.key, digest=entry.draft.digest))
    finally:
        backend.close()
    if job is not None:
        return _cancel_at_vendor(ledger, ledger.adopt(entry.key, job.id), loaded, world)
    waited = world.clock.now() - entry.updated
    if waited < loaded.config.backend.grace:
        raise UsageError(
            f"{entry.key} was sent {waited:.0f} s ago; the vendor may not list it yet",
            hint=f"try again after {loaded.config.backend.grace:g} s (backend.grace)",
        )
    ledger.move(entry.key, State.UNKNOWN)
    return ledger.move(entry.key, State.CANCELLED, detail="cancelled by hand: not listed")


def _is_gone(backend: "RemoteBackend", entry: Entry) -> bool:
    """Whether the vendor, who refuses to speak of a job, has none of this key: it was deleted."""
    from qml.backends.base import Intent

    return read(backend.find, Intent(key=entry.key, digest=entry.draft.digest)) is None


def _given_up(ledger: Ledger, entry: Entry) -> Entry:
    """Close a job that the vendor does not know any more; it may have been billed all the same."""
    detail = "the vendor does not know it any more; this is the estimate"
    owed = entry.draft.estimate.expected
    return ledger.move(entry.key, State.CANCELLED, billed=owed, detail=detail)


def _ask_to_cancel(backend: "RemoteBackend", job: "Job") -> "Phase":
    """Cancel at the vendor; return where the job stands then.

    Raises:
        ProviderError: The vendor refused, and the job is not over.
    """
    try:
        backend.cancel(job)
    except ProviderError:  # vendors refuse to cancel what has ended meanwhile
        phase = read(backend.poll, job).phase
        if not phase.final:
            raise
        return phase
    return read(backend.poll, job).phase


def _booked(ledger: Ledger, entry: Entry, phase: "Phase", bill: Money | None) -> Entry:
    """Write how a job ended that was to be cancelled."""
    from qml.backends.remote import Phase

    estimate = entry.draft.estimate
    told = bill is not None and (bill.currency == estimate.currency or not bill.amount)
    amount = bill.amount if told and bill is not None else None
    if phase is Phase.DONE:
        owed = estimate.expected if amount is None else amount
        detail = "done before it could be cancelled; `qml runs resume` reads its results"
        return ledger.move(entry.key, State.SETTLED, billed=owed, detail=detail)
    ended = State.FAILED if phase is Phase.FAILED else State.CANCELLED
    return ledger.move(entry.key, ended, billed=amount, detail="cancelled by hand")


def _open(loaded: Loaded, entry: Entry, world: World) -> "RemoteBackend":
    from qml.backends.registry import open_backend
    from qml.backends.remote import is_remote

    name = f"{entry.draft.provider}.{entry.draft.device}"
    quiet = NoiseSection()  # the project's may be of a simulator that it works with by now
    section = loaded.config.backend.model_copy(update={"name": name, "noise": quiet})
    backend = open_backend(section, environ=world.environ)
    assert is_remote(backend)
    backend.ready()
    return backend


def _document(ledger: Ledger, entry: Entry) -> Document:
    return {
        "schema": "qml.job/1",
        "job": job_row(entry),
        "transitions": [_transition(t) for t in ledger.transitions(entry.key)],
        "account": [_booking(b) for b in ledger.account(entry.key)],
    }


def _transition(found: Transition) -> Document:
    return {
        "from": None if found.old is None else str(found.old),
        "to": str(found.new),
        "at": timestamp(found.moment),
        "detail": found.detail,
    }


def _booking(found: Booking) -> Document:
    return {
        "kind": found.kind,
        "amount": f"{found.amount:.2f}",
        "currency": found.currency,
        "at": timestamp(found.moment),
        "tariff_date": found.tariff_date,
        "tariff_source": found.tariff_source,
        "note": found.note,
    }
