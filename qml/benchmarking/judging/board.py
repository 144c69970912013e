"""Results by column, data set and seed, as judging asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import NamedTuple

from qml.benchmarking.base import Metric, Role, Suite
from qml.benchmarking.result import CellResult


class Column(NamedTuple):
    """A column.

    Attributes:
        name: The model, with its backend where it ran on several.
        model: The model.
        backend: Where its circuits ran; `-` where it has none.
        role: What it is.
    """

    name: str
    model: str
    backend: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A suite's results.

    Attributes:
        metric: What decides.
        columns: In the order of the suite.
        data: Data sets, in the order of the suite.
        found: By name of the column and data set, the results that have the metric, by seed.
        missing: How many cells of each column have no number.
    """

    metric: Metric
    columns: tuple[Column, ...]
    data: tuple[str, ...]
    found: dict[tuple[str, str], dict[int, CellResult]]
    missing: dict[str, int]

    def value(self, column: str, data: str) -> float | None:
        """Return the mean over seeds, or None where there is no number."""
        cells = self.found.get((column, data))
        if not cells:
            return None
        return mean(float(cell.metrics[self.metric.key]) for cell in cells.values())

    def values(self, column: str) -> dict[str, float]:
        """Return the means over seeds by data set."""
        found = {data: self.value(column, data) for data in self.data}
        return {data: value for data, value in found.items() if value is not None}

    def common(self, first: str, second: str) -> list[str]:
        """Return the data sets on which both columns have numbers."""
        return [d for d in self.data if (first, d) in self.found and (second, d) in self.found]

    def pairs(self, first: str, second: str, data: str) -> list[tuple[CellResult, CellResult]]:
        """Return the results of both columns with the same seed, by ascending seed."""
        ours, theirs = self.found[first, data], self.found[second, data]
        return [(ours[seed], theirs[seed]) for seed in sorted(ours.keys() & theirs.keys())]


def board_of(suite: Suite, results: Sequence[CellResult]) -> Board:
    """Sort results; cells without the metric are only counted."""
    several = _on_several(results)
    columns: dict[str, Column] = {}
    data: dict[str, None] = {}
    found: dict[tuple[str, str], dict[int, CellResult]] = {}
    missing: dict[str, int] = {}
    for result in results:
        place = result.cell.place
        name = f"{place.model} on {place.backend}" if place.model in several else place.model
        columns.setdefault(name, Column(name, place.model, place.backend, result.cell.role))
        data.setdefault(place.data)
        missing.setdefault(name, 0)
        if result.value(suite.metric.key) is None:
            missing[name] += 1
        else:
            found.setdefault((name, place.data), {})[place.seed] = result
    return Board(
        metric=suite.metric,
        columns=tuple(columns.values()),
        data=tuple(data),
        found=found,
        missing=missing,
    )


def _on_several(results: Sequence[CellResult]) -> set[str]:
    """Return the models that ran on several backends."""
    backends: dict[str, set[str]] = {}
    for result in results:
        backends.setdefault(result.cell.place.model, set()).add(result.cell.place.backend)
    return {model for model, found in backends.items() if len(found) > 1}
