"""Find a tariff: the shipped ones, with the user's own over them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, Self

from qml.config.sections import PricingSection
from qml.errors import PlanError
from qml.pricing.base import Tariff
from qml.pricing.credits import CreditsTariff
from qml.pricing.free import FreeTariff
from qml.pricing.gates import GatesTariff
from qml.pricing.seconds import SecondsTariff
from qml.pricing.tasks import TasksTariff

_KINDS: dict[str, type[Tariff]] = {
    "gates": GatesTariff,
    "tasks": TasksTariff,
    "seconds": SecondsTariff,
    "credits": CreditsTariff,
    "free": FreeTariff,
}
_FACTS = frozenset(field.name for field in fields(Tariff))

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariffs:
    """All tariffs that are known.

    Attributes:
        rows: Shipped rows, special ones first.
        own: Keys that the user replaces, by provider and device.
        warn_after: Age at which a price is warned about (days).
    """

    rows: tuple[Row, ...]
    own: Mapping[str, Mapping[str, Row]]
    warn_after: int

    @classmethod
    def load(cls, section: PricingSection | None = None) -> Self:
        """Read the shipped tariffs and lay the user's over them.

        Args:
            section: `[pricing]` of the configuration; the shipped tariffs alone where not given.
        """
        section = PricingSection() if section is None else section
        own = {
            provider: {name: own.model_dump(exclude_none=True) for name, own in devices.items()}
            for provider, devices in section.own.items()
        }
        return cls(rows=_shipped(), own=own, warn_after=section.warn_after)

    def find(self, provider: str, device: str, *, plan: str | None = None) -> Tariff:
        """Return the tariff of a device.

        Args:
            provider: Who bills, e.g. `ionq`.
            device: The provider's device, e.g. `forte-1`.
            plan: Contract, where the provider has several; the usual one where not given.

        Raises:
            PlanError: No tariff is known, or the user's own does not fit its kind.
        """
        row = next((r for r in self.rows if _fits(r, provider, device, plan)), None)
        own = self._own(provider, device, row)
        if row is None and "kind" not in own:
            raise self._unknown(provider, device, plan)
        facts = {"provider": provider, "device": device}
        return _build({**_base(row, own), **own, **facts})

    def stale(self, tariff: Tariff, today: date) -> str | None:
        """Return a warning where a tariff is older than `pricing.warn_after`, else None."""
        return tariff.stale(today, self.warn_after)

    def _own(self, provider: str, device: str, row: Row | None) -> Row:
        """Return the user's keys: of the device, else of the pattern that the row stands for."""
        patterns = [p for p in _devices(row) if fnmatchcase(device, p)] if row else []
        devices = self.own.get(provider, {})
        return next((devices[name] for name in [device, *patterns] if name in devices), {})

    def _unknown(self, provider: str, device: str, plan: str | None) -> PlanError:
        asked = f"`{provider}.{device}`" + (f" on the plan `{plan}`" if plan else "")
        return PlanError(
            f"no price is known of {asked}",
            details=f"known: {', '.join(self._names(provider))}",
            hint=f"write it in qml.toml: [pricing.{provider}.{device}] with kind = "
            f"{' | '.join(_KINDS)} and the rates of that kind",
        )

    def _names(self, provider: str) -> list[str]:
        rows = [row for row in self.rows if row["provider"] == provider] or self.rows
        names = (
            f"{row['provider']}.{device}" + (f" ({row['plan']})" if "plan" in row else "")
            for row in rows
            for device in _devices(row)
        )
        return list(dict.fromkeys(names))


@cache
def _shipped() -> tuple[Row, ...]:
    text = files("qml.pricing").joinpath("tariffs.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["tariff"])


def _devices(row: Row) -> list[str]:
    device = row["device"]
    return device if isinstance(device, list) else [device]


def _fits(row: Row, provider: str, device: str, plan: str | None) -> bool:
    if row["provider"] != provider or (plan and row.get("plan", plan) != plan):
        return False
    return any(fnmatchcase(device, pattern) for pattern in _devices(row))


def _base(row: Row | None, own: Row) -> Row:
    """Return what the user's keys are laid over: nothing where they change the kind."""
    if not own:
        return row or {}
    source = {"source": "qml.toml"}
    if row is None or own.get("kind", row["kind"]) != row["kind"]:
        return source
    return {**row, "source": f"qml.toml over: {row['source']}"}


def _build(row: Row) -> Tariff:
    kind = _KINDS[row["kind"]]
    values = {key: _value(key, value) for key, value in row.items() if key != "kind"}
    known = {field.name: field for field in fields(kind)}
    unknown = values.keys() - known.keys()
    missing = [n for n, f in known.items() if f.default is MISSING and n not in values]
    if unknown or missing:
        raise _misfit(row, sorted(unknown), missing, known)
    return kind(**values)


def _value(key: str, value: Any) -> Any:
    if key == "notes":
        return tuple(value)
    return value if key in _FACTS else Decimal(value)


def _misfit(row: Row, unknown: list[str], missing: list[str], known: Iterable[str]) -> PlanError:
    name = f"{row['provider']}.{row['device']}"
    what = [f"`{key}` is not a rate of that kind" for key in unknown]
    what += [f"`{key}` is missing" for key in missing]
    rates = [key for key in known if key not in _FACTS]
    return PlanError(
        f"[pricing.{name}]: the price is of kind `{row['kind']}`: {'; '.join(what)}",
        hint=f"rates of `{row['kind']}`: {', '.join(rates) or 'none'}",
    )
