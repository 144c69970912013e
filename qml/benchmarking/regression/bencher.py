"""Bencher's metric format (BMF): benchmark -> measure -> value with bounds."""

from collections.abc import Mapping
from typing import Any

from qml.benchmarking.regression.measures import Document, Measure, Row, measures_of

LONGEST = 1024
Metrics = dict[str, dict[str, dict[str, float]]]


def bmf(document: Document) -> Metrics:
    """Return a document `qml.bench/1` as BMF: one benchmark for each column and data set.

    Values are means over seeds; bounds are the smallest and the largest seed where there are
    several, which is what Bencher draws and never tests. Columns of all roles are there, since a
    plot wants the rivals too.

    References:
        https://bencher.dev/docs/reference/bencher-metric-format
    """
    groups: dict[str, list[Row]] = {}
    for cell in document["cells"]:
        if cell["state"] in {"ran", "cached"}:
            where = "" if cell["backend"] == "-" else f" on {cell['backend']}"
            name = f"{cell['suite']}: {cell['model']} / {cell['data']}{where}"
            groups.setdefault(name[:LONGEST], []).append(cell)
    measures = measures_of(document, "quantum")
    found = {name: _values(cells, measures) for name, cells in groups.items()}
    return {name: values for name, values in found.items() if values}


def _values(cells: list[Row], measures: list[Measure]) -> dict[str, dict[str, float]]:
    found = {}
    for measure in measures:
        values = [value for cell in cells if (value := measure.value(cell)) is not None]
        if values:
            found[_slug(measure)] = _value(values)
    return found


def _slug(measure: Measure) -> str:
    """Return a name that Bencher takes for a slug: small letters, digits, hyphens."""
    named: Mapping[str, Any] = {"billed": "price", "two_qubit": "two-qubit-gates"}
    return str(named.get(measure.key, measure.key.replace("_", "-").lower()))


def _value(values: list[float]) -> dict[str, float]:
    mean = sum(values) / len(values)
    if min(values) == max(values):
        return {"value": values[0]}
    return {"value": mean, "lower_value": min(values), "upper_value": max(values)}
