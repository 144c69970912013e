"""What the table and the page of `qml compress` share."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers


def name_of(row: Mapping[str, Any]) -> str:
    """Return the unique name of a line: `bits/ilp`."""
    return f"{row['method']}/{row['label']}"


def final_name(document: Mapping[str, Any]) -> str | None:
    """Return the name of what was chosen in the end."""
    chosen = [name_of(row) for row in document["rows"] if row["chosen"]]
    return chosen[-1] if chosen else None


def comparison_with(document: Mapping[str, Any], row: Mapping[str, Any]) -> Any:
    """Return how the last choice compares with a line, or None."""
    final = final_name(document)
    found = (c for c in document["comparisons"] if c["chosen"] == final)
    return next((c for c in found if c["rival"] == name_of(row)), None)


def against(document: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Say how far the KL of the last choice is below or above that of a line."""
    found = comparison_with(document, row)
    if found is None:
        return "chosen" if name_of(row) == final_name(document) else ""
    if found["same"]:
        return "the same"
    if found["ratio"] is None:
        return ""
    low, high = (_signed(bound) for bound in found["ratio_ci"])
    return f"{_signed(found['ratio'])} % ({low} to {high})"


def _signed(ratio: float) -> str:
    share = round(100 * (ratio - 1))
    return f"+{share}" if share > 0 else f"{share}".replace("-", numbers.MINUS)


def size_words(row: Mapping[str, Any]) -> str:
    """Return megabytes on disk; a tilde marks what is only predicted."""
    if row["bytes"] is not None:
        return megabytes(row["bytes"])
    predicted = row["bytes_predicted"]
    return f"~{megabytes(predicted)}" if predicted is not None else numbers.MISSING


def megabytes(octets: float) -> str:
    """Write a size in millions of bytes: `96.4`, `0.0014`."""
    size = octets / 1e6
    return f"{size:,.1f}" if size >= 10 else numbers.decimal(size, 3)  # noqa: PLR2004 - reads well


def speed_words(row: Mapping[str, Any]) -> str:
    """Write what a line does in a second."""
    speed = row["tokens_per_second"]
    whole = speed is not None and speed >= 100  # noqa: PLR2004 - three digits
    return numbers.count(speed) if whole else numbers.decimal(speed, 3)


def objective_words(row: Mapping[str, Any]) -> str:
    """Say how far the objective is above what is proven to be the least."""
    if row["proven"]:
        return "0, proven"
    if row["gap"] is None:
        return ""
    return numbers.percent(row["gap"], 2)
