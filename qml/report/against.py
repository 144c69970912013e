"""Sentences and numbers of a benchmark against its baseline; no layout."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers

Document = Mapping[str, Any]
HEADS = ("column", "measure", "before", "now", "change", "95 % interval", "evidence")


def called(document: Document, state: str) -> list[Mapping[str, Any]]:
    """Return the changes that are called so, the largest first."""
    found = [c for c in document["changes"] if c["state"] == state]
    return sorted(found, key=lambda c: -abs(float("inf") if c["loss"] is None else c["loss"]))


def cells(row: Mapping[str, Any]) -> list[str]:
    """Return a change as cells under `HEADS`."""
    where = row["column"] if row["data"] is None else f"{row['column']} / {row['data']}"
    unit = f", {row['unit']}" if row["unit"] else ""
    return [
        where,
        f"{row['measure']}{unit}",
        numbers.decimal(row["before"], 4),
        numbers.decimal(row["now"], 4),
        change(row),
        _interval(row),
        evidence(row),
    ]


def change(row: Mapping[str, Any]) -> str:
    """Say how much worse or better it is, as a share of the baseline."""
    if row["loss"] is None:
        return "worse, from 0"
    share = numbers.percent(abs(row["loss"]))
    if float(f"{row['loss']:.12g}") == 0:
        return "none"
    return f"{share} {'worse' if row['loss'] > 0 else 'better'}"


def evidence(row: Mapping[str, Any]) -> str:
    """Say on what a change rests."""
    if row["test"] == "exact":
        return "not random"
    if not row["decides"]:
        return "too few times: shown, never called"
    if not row["could_show"]:
        return f"{row['test']}: {row['units']} cannot show a change"
    return f"{row['test']}, {numbers.p_value(row['p_adjusted'])}"


def rule(document: Document) -> str:
    """Say when a change is called."""
    named = ", ".join(
        f"{numbers.percent(share)}{'' if name == 'all' else f' for {name}'}"
        for name, share in document["fail_on"].items()
    )
    chance = numbers.percent(document["false_alarms"], 0)
    return (
        f"Called is what changed by more than {named} of the baseline and by more than noise"
        f" ({chance} false alarms over all tests)."
    )


def beside(document: Document) -> list[str]:
    """Say what else there is: cells that only one has, measures that were not compared."""
    found = [f"not compared: {line}" for line in document["not_compared"]]
    if document["blind"]:
        found.append(f"could not have failed: {', '.join(document['blind'])}")
    if document["gone"]:
        allowed = "allowed" if document["allow_missing"] else "--allow-missing lets it pass"
        found.append(f"columns that are gone ({allowed}): {', '.join(document['gone'])}")
    for key, said in (("missing", "only in the baseline"), ("new", "not in the baseline")):
        if document[key]:
            found.append(f"{len(document[key])} cells {said}: {', '.join(document[key][:3])}")
    return found


def _interval(row: Mapping[str, Any]) -> str:
    """Write the interval of the loss in percent; more is worse."""
    if row["low"] is None or row["high"] is None:
        return ""
    return f"{_percent(row['low'])} to {_percent(row['high'])} %"


def _percent(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", numbers.MINUS)
