"""How a measure of a column changed between two benchmarks, and how sure that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import inf
from statistics import mean
from typing import Any, Literal

import numpy as np

from qml.benchmarking.regression.evidence import (
    Both,
    Evidence,
    by_cells,
    by_repetitions,
    by_rows,
    by_shares,
)
from qml.benchmarking.regression.measures import FASTER, Measure, Nature, Row

SESSIONS = 0.2
"""Times of two sessions of one machine differ by up to so much for reasons of its own."""
TRAININGS = 0.5
"""The same for trainings, each of which was timed once, beside whatever else ran."""
TIMED = 5
"""So many trainings of a column, one a seed, are samples of their time."""
State = Literal["worse", "better", "no change shown"]


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
        p_least: The same, had it become as bad as can be.
        floor: Share below which nothing is called: what two sessions of one machine differ by.
        decides: Whether it may be called at all; a few times of a loaded machine may not.
        speed: Whether it says how fast something is.
        p_adjusted: `p_value` after Holm's correction over all tests of the comparison.
        could_show: Whether it would have been called, had it become as bad as can be.
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
    p_least: float = 0.0
    floor: float = 0.0
    decides: bool = True
    speed: bool = False
    p_adjusted: float = 1.0
    could_show: bool = True
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
    found = _evidence(measure, kind, cells, before, now, sign)
    first, second = found.ends or (mean(before), mean(now))
    low, high = found.interval or (None, None)
    single = measure.seconds and kind == "random"
    return Change(
        column=column,
        data=data,
        measure=measure.title,
        unit=measure.unit,
        before=first,
        now=second,
        loss=_share(sign * (second - first), first),
        low=low,
        high=high,
        test=found.test,
        units=found.units,
        p_value=found.p_value,
        p_least=found.p_least,
        floor=(TRAININGS if single else SESSIONS) if measure.seconds else 0.0,
        decides=not single or len(cells) >= TIMED,
        speed=measure.seconds or measure is FASTER,
    )


def _evidence(
    measure: Measure,
    kind: Nature,
    cells: Sequence[Both],
    before: list[float],
    now: list[float],
    sign: float,
) -> Evidence:
    if kind == "exact":
        return Evidence("exact", len(cells), float(mean(before) == mean(now)), 0.0)
    if kind == "answers":
        same = all(cell.before["rows"] == cell.now["rows"] for cell in cells)
        return (by_rows if same else by_shares)(cells, mean(before))
    if kind == "timings":
        samples = [[np.array(measure.samples(s)) for s in (c.now, c.before)] for c in cells]
        return by_repetitions([(ours, theirs) for ours, theirs in samples], sign)
    return by_cells(before, now, sign)


def _share(worse_by: float, of: float) -> float | None:
    if of:
        return worse_by / abs(of)
    return 0.0 if worse_by <= 0 else None


def _known(measure: Measure, cell: Row) -> float:
    value = measure.value(cell)
    assert value is not None
    return value
