"""How a measure of a column changed between two benchmarks, and how sure that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import exp, inf, log
from statistics import mean
from typing import Any, Literal, NamedTuple

import numpy as np

from qml.benchmarking.judging.clustered import Block, mean_difference
from qml.benchmarking.judging.signed_rank import signed_rank
from qml.benchmarking.judging.timings import ratio
from qml.benchmarking.regression.measures import Measure, Nature, Row

SESSIONS = 0.2
"""Times of two sessions of one machine differ by up to so much for reasons of its own."""
State = Literal["worse", "better", "no change shown"]


class Both(NamedTuple):
    """One cell in both benchmarks."""

    before: Row
    now: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A measure of a column, then and now.

    Attributes:
        column: The column.
        data: The data set, or None where it is about all of them.
        measure: What people call it.
        unit: Its unit.
        before: Its mean in the baseline.
        now: Its mean now.
        loss: By which share of the baseline it got worse; negative where it got better; None where
            the baseline is 0 and it got worse.
        low: Lower end of the loss's 95 % interval, or None.
        high: Upper end.
        test: Name of the test; `exact` where the number is not random.
        units: What was tested: rows, cells or repetitions.
        p_value: Two-sided, of no change; 0 or 1 where it is not random.
        floor: Share below which nothing is called: what two sessions of one machine differ by.
        decides: Whether it may be called at all; a single time of a loaded machine may not.
        p_adjusted: The same after Holm's correction over all tests of the comparison.
        state: What is said of it.
    """

    column: str
    data: str | None
    measure: str
    unit: str
    before: float
    now: float
    loss: float | None
    low: float | None
    high: float | None
    test: str
    units: int
    p_value: float
    floor: float = 0.0
    decides: bool = True
    p_adjusted: float = 1.0
    state: State = "no change shown"

    @property
    def size(self) -> float:
        """The loss as a number, infinite where the baseline is 0."""
        return inf if self.loss is None else self.loss

    def document(self) -> dict[str, Any]:
        """Return it as a row of `qml.bench-against/1`."""
        return asdict(self)


def change(
    column: str, data: str | None, measure: Measure, kind: Nature, cells: Sequence[Both]
) -> Change:
    """Compare one measure of a column over cells that both benchmarks have."""
    before = [_known(measure, cell.before) for cell in cells]
    now = [_known(measure, cell.now) for cell in cells]
    sign = -1.0 if measure.better == "more" else 1.0
    first, second = mean(before), mean(now)
    loss = _share(sign * (second - first), first)
    facts: dict[str, Any] = {"low": None, "high": None}
    if kind == "exact":
        facts |= {"test": "exact", "units": len(cells), "p_value": float(first == second)}
    elif kind == "answers" and all(c.before["rows"] == c.now["rows"] for c in cells):
        facts |= _by_rows(cells, first)
    elif kind == "timings":
        facts |= _by_repetitions(measure, cells, sign)
        first, second, loss = facts.pop("ends")
    else:
        facts |= _by_cells(before, now, sign)
    return Change(
        column=column,
        data=data,
        measure=measure.title,
        unit=measure.unit,
        before=first,
        now=second,
        loss=loss,
        floor=SESSIONS if measure.seconds else 0.0,
        decides=not (measure.seconds and kind == "random"),
        **facts,
    )


def _by_rows(cells: Sequence[Both], accuracy: float) -> dict[str, Any]:
    """Test answers to the same rows; those of a cell are the same in both, by their digest."""
    found = mean_difference(_blocks(cells))
    low, high = sorted(-bound / accuracy for bound in found.bounds) if accuracy else (None, None)
    return {
        "low": low,
        "high": high,
        "test": "answers to the same rows",
        "units": found.rows,
        "p_value": found.p_value,
    }


def _blocks(cells: Sequence[Both]) -> list[Block]:
    by_data: dict[str, list[Both]] = {}
    for cell in cells:
        by_data.setdefault(cell.now["data"], []).append(cell)
    return [_block(found) for found in by_data.values()]


def _block(cells: list[Both]) -> Block:
    digests = [cell.now["rows"] for cell in cells]
    same = len(set(digests)) == 1
    values, rows, seeds = [], [], []
    for place, cell in enumerate(cells):
        now, before = (np.array(list(side["correct"])) == "1" for side in (cell.now, cell.before))
        values.append(now.astype(np.int64) - before)
        # which rows two seeds share is not written down; splits of their own count as such
        rows.append(np.arange(len(now)) + (0 if same else place * 10**9))
        seeds.append(np.full(len(now), place))
    train = cells[0].now["metrics"].get("train_rows")
    share = len(rows[0]) / float(train) if train else 1.0
    return Block(
        values=np.concatenate(values),
        rows=np.concatenate(rows),
        seeds=np.concatenate(seeds),
        share=None if same else share,
    )


def _by_repetitions(measure: Measure, cells: Sequence[Both], sign: float) -> dict[str, Any]:
    pairs = [(np.array(measure.samples(c.now)), np.array(measure.samples(c.before))) for c in cells]
    found = ratio(pairs, interleaved=False)
    first, second = (exp(mean(log(np.median(p[i])) for p in pairs)) for i in (1, 0))
    ends = sorted(sign * (bound - 1) for bound in found.bounds)
    return {
        "low": ends[0],
        "high": ends[1],
        "test": "bootstrap of the ratio of medians",
        "units": found.repetitions,
        "p_value": found.p_value,
        "ends": (first, second, sign * (found.value - 1)),
    }


def _by_cells(before: list[float], now: list[float], sign: float) -> dict[str, Any]:
    """Test single numbers of cells, by ratio where all are positive."""
    positive = min(*before, *now) > 0
    move = np.log if positive else np.asarray
    found = signed_rank(move(np.array(now)) - move(np.array(before)))
    low, high = found.bounds or (None, None)
    if positive and low is not None and high is not None:
        low, high = sorted(sign * (exp(bound) - 1) for bound in (low, high))
    else:
        low, high = None, None
    return {
        "low": low,
        "high": high,
        "test": "Wilcoxon signed-rank over cells",
        "units": len(now),
        "p_value": found.p_value,
    }


def _share(worse_by: float, of: float) -> float | None:
    if of:
        return worse_by / abs(of)
    return 0.0 if worse_by <= 0 else None


def _known(measure: Measure, cell: Row) -> float:
    value = measure.value(cell)
    assert value is not None
    return value
