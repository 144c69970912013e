"""`costs.csv`: what a run was billed, in the columns of FOCUS 1.2 (FinOps)."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from qml.files import write_text
from qml.records.secrets import Scrubber
from qml.units import FREE, Money

# All mandatory columns of FOCUS 1.2 for usage, then our own, which must begin with `x_`.
COLUMNS = (
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "BillingPeriodStart",
    "BillingPeriodEnd",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargePeriodStart",
    "ChargePeriodEnd",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceIssuer",
    "ListCost",
    "PricingQuantity",
    "PricingUnit",
    "Provider",
    "Publisher",
    "ServiceCategory",
    "ServiceName",
    "ServiceSubcategory",
    "x_RunId",
    "x_JobKey",
    "x_ProviderJobId",
    "x_Shots",
    "x_TariffDate",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One settled charge. FOCUS knows no estimates, so there are none here.

    Attributes:
        run_id: Run that caused it.
        provider: Who sells the service, e.g. `IonQ`; the name of a simulator for a free run.
        service: Service or device, e.g. `ionq/forte-1`, `jax`.
        description: What was done, in a few words.
        billed: Amount billed.
        listed: Amount by the public tariff.
        quantity: Amount of the unit that is priced.
        unit: Unit that is priced, e.g. `Shots`, `Seconds`, `Runs`.
        start: When the work began, seconds since the epoch.
        end: When it ended.
        account: Account that pays, or None.
        job_key: Our key of the job, or None.
        provider_job_id: The provider's id of it, or None.
        shots: Shots of the job.
        tariff_date: Date of the tariff (ISO 8601), or None.
    """

    run_id: str
    provider: str
    service: str
    description: str
    billed: Money
    listed: Money
    quantity: Decimal
    unit: str
    start: float
    end: float
    account: str | None = None
    job_key: str | None = None
    provider_job_id: str | None = None
    shots: int = 0
    tariff_date: str | None = None


def free_charge(run_id: str, backend: str, *, start: float, end: float, shots: int = 0) -> Charge:
    """Return the charge of a run on a simulator: usage of one run that costs nothing."""
    return Charge(
        run_id=run_id,
        provider="qml",
        service=backend,
        description=f"one run on the simulator {backend}",
        billed=FREE,
        listed=FREE,
        quantity=Decimal(1),
        unit="Runs",
        start=start,
        end=end,
        shots=shots,
    )


def write_costs(path: Path, charges: Iterable[Charge]) -> None:
    """Write the charges of a run atomically.

    Args:
        path: `costs.csv` of a run.
        charges: Settled charges, in the order of time.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(charge) for charge in charges)
    write_text(path, Scrubber().text(text.getvalue()))


def read_costs(path: Path) -> list[dict[str, str]]:
    """Read the rows of a `costs.csv`; empty where there is none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _row(charge: Charge) -> Mapping[str, str]:
    first, after = _month(charge.start)
    billed, listed = (_amount(m.amount) for m in (charge.billed, charge.listed))
    values = (
        billed,
        charge.account or "local",
        charge.account or "local",
        charge.billed.currency,
        first,
        after,
        "Usage",
        "",  # null: a charge, not the correction of one that was invoiced before
        charge.description,
        _moment(charge.start),
        _moment(charge.end),
        billed,
        billed,
        charge.provider,
        listed,
        _amount(charge.quantity),
        charge.unit,
        charge.provider,
        charge.provider,
        "Compute",
        charge.service,
        "Quantum Compute",
        charge.run_id,
        charge.job_key or "",
        charge.provider_job_id or "",
        str(charge.shots),
        charge.tariff_date or "",
    )
    return dict(zip(COLUMNS, values, strict=True))


def _amount(value: Decimal) -> str:
    return format(value, "f")


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _month(seconds: float) -> tuple[str, str]:
    """Return the first moment of the month and of the next one."""
    moment = datetime.fromtimestamp(seconds, UTC)
    year, month = divmod(moment.year * 12 + moment.month, 12)
    return f"{moment:%Y-%m}-01T00:00:00Z", f"{year:04d}-{month + 1:02d}-01T00:00:00Z"
