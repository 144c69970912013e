"""Joins a vendor's backend, the ledger, the store of results and a run into a buyer."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from qml.config import Config
from qml.errors import LedgerError
from qml.records import RunFolder
from qml.session.world import World
from qml.units import Money

if TYPE_CHECKING:  # SQL and numerical libraries load only once something is really bought
    from qml.backends.remote import RemoteBackend
    from qml.circuits import Work
    from qml.execution.meter import Meter
    from qml.execution.stop import StopRequest
    from qml.execution.submission.buyer import Buyer, Pricer
    from qml.execution.submission.draft import Estimate
    from qml.ledger import Ledger

FOLDER = ".qml"


@contextmanager
def open_project_ledger(config: Config, root: Path, world: World) -> Iterator["Ledger"]:
    """Open the ledger of a project and close it again.

    Raises:
        LedgerError: It cannot be opened.
    """
    from qml.ledger import Caps, open_ledger

    ledger = open_ledger(
        config.ledger.url,
        root,
        project=config.project.name,
        caps=Caps.of(config.budget),
        clock=world.clock,
    )
    with ledger:
        yield ledger


def results_folder(root: Path) -> Path:
    """Return where results that were paid for are kept, for all runs of a project."""
    return root / FOLDER / "results"


@contextmanager
def open_buyer(
    run: RunFolder,
    backend: "RemoteBackend",
    config: Config,
    *,
    trail: Path,
    meter: "Meter",
    stop: "StopRequest | None",
    world: World,
    root: Path,
) -> Iterator["Buyer"]:
    """Open what buys for a run; first of all it settles what an earlier session left open.

    Args:
        run: The run that pays.
        backend: The machine.
        config: Configuration, `[backend]` resolved.
        trail: File that remembers what each submission was served with.
        meter: What the run has used.
        stop: Whether somebody asked to stop.
        world: Clock and progress.
        root: Folder of the project.

    Raises:
        UsageError: A credential is missing.
        LedgerError: The ledger does not know what the run bought.
        UnknownSubmissionError: An earlier submission's outcome stays unknown.
    """
    from qml.execution.submission.buyer import Buyer, Policy
    from qml.execution.submission.waiting import Patience
    from qml.records.results import ResultFiles
    from qml.records.trail import SubmissionTrail

    backend.ready()
    section, manifest = config.backend, run.manifest()
    with open_project_ledger(config, root, world) as ledger:
        refuse_forgotten(ledger, run.id, trail)
        buyer = Buyer(
            backend,
            run=UUID(manifest["uuid"]),
            run_id=run.id,
            journal=ledger,
            store=ResultFiles(results_folder(root), world.progress),
            price=pricer(config),
            policy=Policy(
                reuse=section.reuse,
                grace=section.grace,
                on_unknown=section.on_unknown,
                search=len(manifest["sessions"]) > 1 and not ledger.entries(run_id=run.id),
            ),
            patience=Patience(world.clock, stop),
            progress=world.progress,
            meter=meter,
            trail=SubmissionTrail(trail),
            spent=lambda: _spent(ledger, run.id),
            parent=manifest["parent"],
        )
        buyer.recover()
        yield buyer


def refuse_forgotten(ledger: "Ledger", run_id: str, trail: Path) -> None:
    """Refuse a ledger that does not know what a run bought: its cap and its jobs are elsewhere.

    Raises:
        LedgerError: The file was deleted, or `ledger.url` or the project's name changed.
    """
    from qml.records.trail import read_trail

    bought = {row["key"] for row in read_trail(trail).values() if row["key"] is not None}
    if not bought:
        return
    forgotten = bought - {entry.key for entry in ledger.entries(run_id=run_id)}
    if forgotten:
        raise LedgerError(
            f"run {run_id} bought {len(bought)} jobs, and the ledger {ledger.place} does not know"
            f" {len(forgotten)} of them: neither caps nor open jobs of the run would be kept",
            hint="bring the ledger back (`ledger.url`, `project.name`, .qml/ledger.db); a new run"
            " uses the results that are stored, within caps of its own",
        )


def _spent(ledger: "Ledger", run_id: str) -> Money:
    found = ledger.balance(run_scope(run_id))
    return Money(amount=found.settled, currency=found.currency)


def pricer(config: Config) -> "Pricer":
    """Return what prices one job by the tariff of its backend."""
    from qml.execution.submission.draft import Estimate
    from qml.planning.price import job_size
    from qml.pricing import Tariffs

    tariffs = Tariffs.load(config.pricing)

    def price(backend: "RemoteBackend", work: "Work") -> "Estimate":
        provider, device, *plan = backend.capabilities.billing or (backend.provider, backend.device)
        tariff = tariffs.find(provider, device, plan=plan[0] if plan else None)
        quote = tariff.quote(job_size(backend, work))
        return Estimate(
            low=quote.low,
            expected=quote.expected,
            high=quote.high,
            currency=quote.currency,
            tariff_date="" if tariff.date is None else tariff.date.isoformat(),
            tariff_source=tariff.source,
        )

    return price


def run_scope(run_id: str) -> str:
    """Return the name of a run's own cap in the ledger."""
    return f"run:{run_id}"


def cap_run(run: RunFolder, most: Decimal, config: Config, root: Path, world: World) -> None:
    """Write a run's own cap into the ledger, where it holds for every later session too."""
    with open_project_ledger(config, root, world) as ledger:
        ledger.set_cap(run_scope(run.id), most)
