"""Sentences and numbers of a benchmark; no layout."""

from collections.abc import Mapping, Sequence
from typing import Any

from qml.report import numbers, words

Document = Mapping[str, Any]
ROLES = {
    "quantum": "quantum",
    "twin": "no entanglement",
    "classical": "classical",
    "peer": "other program",
    "vendor": "vendor",
}
ABOUT = {
    "rival": "against classical",
    "twin": "entanglement",
    "peer": "against other programs",
    "vendor": "against the vendors",
}
_PROBLEMS = ("failed", "skipped", "open")


def whole(document: Document) -> list[Mapping[str, Any]]:
    """Return the comparisons that speak of the whole suite."""
    return [c for c in document["comparisons"] if c["data"] is None]


def single(document: Document) -> list[Mapping[str, Any]]:
    """Return those that speak of one data set."""
    return [c for c in document["comparisons"] if c["data"] is not None]


def standing(document: Document, column: Mapping[str, Any]) -> str:
    """Say what is shown of a column: `worse than svc, mlp; better than ...`; only what is."""
    found = [c for c in whole(document) if c["model"] == column["name"]]
    if not found:
        return ""
    clauses = [
        f"{word} than {', '.join(c['rival'] for c in found if c['verdict'] == word)}"
        for word in ("better", "worse")
        if any(c["verdict"] == word for c in found)
    ]
    return "; ".join(clauses) or "no difference shown"


def against(comparison: Mapping[str, Any]) -> str:
    """Say one comparison in the room of a column: `worse (-0.12, p = 0.004)`."""
    p_value = numbers.p_value(comparison["p_adjusted"])
    return f"{comparison['verdict']} ({effect(comparison)}, {p_value})"


def effect(comparison: Mapping[str, Any]) -> str:
    """Write how far two columns are apart: `+0.031` or `1.8 times`."""
    if comparison["scale"] == "ratio":
        return f"{numbers.decimal(comparison['effect'], 3)} times"
    return signed(comparison["effect"])


def signed(value: float) -> str:
    """Write a number with its sign."""
    sign = "+" if value > 0 else ""
    return f"{sign}{numbers.decimal(value, 3)}"


def bounds(row: Mapping[str, Any], digits: int = 3) -> str:
    """Write the interval of a row, or nothing where it has none."""
    if row["low"] is None or row["high"] is None:
        return ""
    return f"{numbers.decimal(row['low'], digits)} to {numbers.decimal(row['high'], digits)}"


def counts(document: Document) -> str:
    """Say how the cells ended: `12 ran, 40 taken from the cache, 1 failed`."""
    names = {"cached": "taken from the cache", "open": "not run"}
    metrics = document["metrics"]
    states = ("ran", "cached", "skipped", "failed", "open")
    return ", ".join(f"{metrics[s]:,} {names.get(s, s)}" for s in states if metrics[s])


def problems(document: Document) -> list[tuple[str, str, list[str]]]:
    """Return what has no number: state, reason, and the cells with that reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for cell in document["cells"]:
        if cell["state"] in _PROBLEMS:
            found.setdefault((cell["state"], cell["why"]), []).append(place(cell))
    return [(state, why, cells) for (state, why), cells in found.items()]


def place(cell: Mapping[str, Any]) -> str:
    """Write where a cell stands: `iqp/blobs8/jax/0`."""
    return "/".join(str(cell[key]) for key in ("model", "data", "backend", "seed"))


def agreement(document: Document) -> str:
    """Say how many published numbers came out: `306 of 311 agree`."""
    rows = document["expected"]
    if not rows:
        return ""
    agree = sum(row["agrees"] for row in rows)
    return f"{agree} of {len(rows)} agree to four digits"


def disagreeing(document: Document) -> list[Mapping[str, Any]]:
    """Return the published numbers that did not come out."""
    return [row for row in document["expected"] if not row["agrees"]]


def rank_words(ranks: Mapping[str, Any]) -> str:
    """Say what the mean ranks show."""
    test = f"Friedman's test over {words.plural(ranks['data'], 'data set')}"
    critical = numbers.decimal(ranks["critical"], 3)
    return (
        f"{test}: {numbers.p_value(ranks['p_value'])}. Columns whose mean ranks are less than"
        f" {critical} apart (Nemenyi, 5 %) are not told apart."
    )


def some(items: Sequence[str], most: int = 3) -> str:
    """List a few, and say how many more there are."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more
