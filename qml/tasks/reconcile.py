"""`qml costs reconcile`: the ledger beside the vendor's own bill."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from qml.backends.base import Job
from qml.backends.registry import open_backend
from qml.backends.remote import RemoteBackend, is_remote
from qml.config import Loaded
from qml.config.sections import NoiseSection
from qml.errors import MissingExtraError, PluginError, ProviderError, UsageError
from qml.execution.submission.draft import Entry
from qml.execution.submission.reads import read
from qml.ledger import Ledger
from qml.session import World, open_project_ledger
from qml.units import Money

Document = dict[str, Any]
EARLIER = 3600.0
"""Seconds before the first intent from which jobs are listed: clocks differ."""


def reconcile(loaded: Loaded, world: World) -> Document:
    """Ask every vendor what was billed; correct the ledger where it differs.

    Returns:
        The document `qml.reconcile/1`.
    """
    found: Document = {
        "schema": "qml.reconcile/1",
        "asked": 0,
        "drift": [],
        "unknown": [],
        "not_asked": [],
    }
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        for name, entries in _by_backend(ledger.entries()).items():
            try:
                _one(name, entries, ledger, loaded, world, found)
            except (UsageError, ProviderError) as error:
                found["not_asked"].append({"backend": name, "reason": error.message})
    return found


def is_clean(document: Document) -> bool:
    """Whether every vendor answered and the ledger was right.

    A bill that was booked rightly may differ from its estimate; jobs without a key of ours may be
    somebody else's.
    """
    wrong = [row for row in document["drift"] if row["adjusted"]]
    ours = [job for job in document["unknown"] if job["key"] is not None]
    return not (wrong or ours or document["not_asked"])


def _one(
    name: str,
    entries: list[Entry],
    ledger: Ledger,
    loaded: Loaded,
    world: World,
    found: Document,
) -> None:
    """Reconcile one machine.

    Raises:
        UsageError: It cannot be opened here, or credentials are missing.
        ProviderError: The vendor does not answer.
    """
    backend = _open(name, loaded, world)
    try:
        for entry in entries:
            if entry.job_id is not None and entry.billed is not None:
                found["asked"] += 1
                bill = read(backend.billed, Job(id=entry.job_id))
                if _is_foreign(bill, entry):
                    found["not_asked"].append({"backend": name, "reason": _foreign(bill, entry)})
                else:
                    found["drift"] += _drift(bill, entry, ledger)
        first = min(entry.created for entry in entries)
        known = {entry.job_id for entry in ledger.entries()}
        listed = read(lambda: list(backend.jobs(first - EARLIER)))
        found["unknown"] += [
            {"backend": name, "provider_job_id": j.id, "key": j.key, "phase": str(j.phase)}
            for j in listed
            if j.id not in known
        ]
    finally:
        backend.close()


def _is_foreign(bill: Money | None, entry: Entry) -> bool:
    """Whether a bill is in another currency than the ledger's: that is told, and never booked."""
    return bill is not None and bool(bill.amount) and bill.currency != entry.draft.estimate.currency


def _foreign(bill: Money | None, entry: Entry) -> str:
    currency = entry.draft.estimate.currency
    return f"job {entry.job_id} was billed {bill}; the ledger counts it in {currency}, and stays"


def _drift(bill: Money | None, entry: Entry, ledger: Ledger) -> Iterable[Document]:
    """Compare one job's bill with the estimate and with the ledger."""
    if bill is None:  # the vendor tells no bill: there is nothing to compare with
        return
    estimate, booked = entry.draft.estimate, entry.billed or Decimal(0)
    wrong = bill.amount != booked
    if wrong:
        ledger.adjust(entry.key, bill.amount, "the vendor's bill on reconciliation")
    if wrong or bill.amount != estimate.expected:
        yield {
            "intent": entry.key,
            "provider_job_id": entry.job_id,
            "run_id": entry.draft.run_id,
            "estimated": f"{estimate.expected:.2f}",
            "ledger": f"{booked:.2f}",
            "vendor": f"{bill.amount:.2f}",
            "currency": estimate.currency,
            "adjusted": wrong,
        }


def _by_backend(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[f"{entry.draft.provider}.{entry.draft.device}"].append(entry)
    return found


def _open(name: str, loaded: Loaded, world: World) -> RemoteBackend:
    quiet = NoiseSection()  # the project's may be of a simulator that it works with by now
    section = loaded.config.backend.model_copy(update={"name": name, "noise": quiet})
    try:
        backend = open_backend(section, environ=world.environ)
    except (PluginError, MissingExtraError) as error:
        raise UsageError(error.message, hint=error.hint) from error
    assert is_remote(backend)
    backend.ready()
    return backend
