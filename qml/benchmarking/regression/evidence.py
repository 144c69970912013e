"""The tests behind a change, and what each would have said of the worst that could have been."""

from collections.abc import Callable, Sequence
from math import exp, log
from statistics import mean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from qml.benchmarking.judging.clustered import Block, mean_difference
from qml.benchmarking.judging.pairing import drawn_anew
from qml.benchmarking.judging.signed_rank import signed_rank
from qml.benchmarking.judging.timings import ratio
from qml.benchmarking.regression.measures import Row
from qml.benchmarking.regression.shares import Side, difference

ENOUGH = 15
"""From so many cells on signed ranks can show a change after the usual corrections."""
TENFOLD = 10.0
SMALLEST = 1e-9
Samples = NDArray[np.float64]


class Both(NamedTuple):
    """One cell in both benchmarks."""

    before: Row
    now: Row


class Evidence(NamedTuple):
    """What a test says of a change.

    Attributes:
        test: Its name.
        units: What was tested: rows, cells or repetitions.
        p_value: Two-sided, of no change.
        p_least: The same, had it become as bad as can be: every answer wrong, or ten times worse.
        interval: 95 % interval of the loss as a share of the baseline, or None.
        ends: Values before and now, where they are no means over cells.
    """

    test: str
    units: int
    p_value: float
    p_least: float
    interval: tuple[float, float] | None = None
    ends: tuple[float, float] | None = None


def by_rows(cells: Sequence[Both], accuracy: float) -> Evidence:
    """Test answers to the same rows; those of a cell are the same in both, by their digest."""
    found = mean_difference(_blocks(cells, _right))
    worst = mean_difference(_blocks(cells, _nothing_right))
    return Evidence(
        test="answers to the same rows",
        units=found.rows,
        p_value=found.p_value,
        p_least=worst.p_value,
        interval=_lost(found.bounds, accuracy),
    )


def by_shares(cells: Sequence[Both], accuracy: float) -> Evidence:
    """Test answers to rows that differ."""
    sides = [
        (_side([c.before for c in found]), _side([c.now for c in found]))
        for found in _by_data(cells)
    ]
    found = difference(sides)
    worst = difference([(a, Side([0.0 for _ in b.shares], b.rows)) for a, b in sides])
    return Evidence(
        test="score test of two shares, as the rows differ",
        units=found.rows,
        p_value=found.p_value,
        p_least=worst.p_value,
        interval=_lost(found.bounds, accuracy),
    )


def by_repetitions(pairs: list[tuple[Samples, Samples]], sign: float) -> Evidence:
    """Test repetitions of now and before on each data set by the ratio of their medians."""
    found = ratio(pairs, interleaved=False)
    worst = ratio([(now * TENFOLD**sign, then) for now, then in pairs], interleaved=False)
    now, before = (exp(mean(log(np.median(pair[i])) for pair in pairs)) for i in (0, 1))
    low, high = sorted(sign * (bound - 1) for bound in found.bounds)
    return Evidence(
        test="bootstrap of the ratio of medians",
        units=found.repetitions,
        p_value=found.p_value,
        p_least=min(found.p_value, worst.p_value),
        interval=(low, high),
        ends=(before, now),
    )


def by_cells(before: list[float], now: list[float], sign: float) -> Evidence:
    """Test single numbers of cells, by ratio where all are positive.

    Few cells are tested by Student's t, since the signs of n of them know no p-value below
    2^(1-n); where all moved by the same they are, as what cannot scatter has no normal spread.
    """
    positive = min(*before, *now) > 0
    move = np.log if positive else np.asarray
    moved = np.asarray(move(np.array(now)) - move(np.array(before)), dtype=np.float64)
    of = abs(mean(before))
    worst = log(TENFOLD) if positive else TENFOLD * of
    same = len(moved) == 1 or float(moved.std()) <= SMALLEST * max(1.0, float(abs(moved).max()))
    if len(moved) >= ENOUGH or same:
        ranked = signed_rank(moved)
        least = signed_rank(np.arange(1.0, len(moved) + 1)).p_value
        name, p_value, bounds = "Wilcoxon signed-rank over cells", ranked.p_value, ranked.bounds
    else:
        name, (p_value, bounds) = "t-test over cells", _student(moved)
        least = min(p_value, _student(moved - moved.mean() + sign * worst)[0])
    if bounds is not None:
        bounds = _losses(bounds, sign, positive=positive, of=of)
    return Evidence(name, len(moved), p_value, least, bounds)


def _student(values: Samples) -> tuple[float, tuple[float, float]]:
    """Return the p-value of a mean of zero, and the mean's 95 % interval."""
    freedom = len(values) - 1
    centre, error = float(values.mean()), float(values.std(ddof=1)) / len(values) ** 0.5
    reach = float(stdtrit(freedom, 0.975)) * error
    return 2 * float(stdtr(freedom, -abs(centre) / error)), (centre - reach, centre + reach)


def _losses(
    bounds: tuple[float, float], sign: float, *, positive: bool, of: float
) -> tuple[float, float] | None:
    if not positive and not of:
        return None
    low, high = sorted(sign * (exp(b) - 1 if positive else b / of) for b in bounds)
    return low, high


def _lost(bounds: tuple[float, float], accuracy: float) -> tuple[float, float] | None:
    """Return bounds of a difference of accuracies as those of the share that was lost."""
    return (-bounds[1] / accuracy, -bounds[0] / accuracy) if accuracy else None


def _by_data(cells: Sequence[Both]) -> list[list[Both]]:
    found: dict[str, list[Both]] = {}
    for cell in cells:
        found.setdefault(cell.now["data"], []).append(cell)
    return list(found.values())


def _side(cells: list[Row]) -> Side:
    right = [_right(cell) for cell in cells]
    return Side([float(r.mean()) for r in right], mean(len(r) for r in right))


def _right(cell: Row) -> NDArray[np.bool_]:
    return np.array([letter == "1" for letter in cell["correct"]], dtype=np.bool_)


def _nothing_right(cell: Row) -> NDArray[np.bool_]:
    return np.zeros(len(cell["correct"]), dtype=bool)


def _blocks(cells: Sequence[Both], now: Callable[[Row], NDArray[np.bool_]]) -> list[Block]:
    return [_block(found, now) for found in _by_data(cells)]


def _block(cells: list[Both], answers: Callable[[Row], NDArray[np.bool_]]) -> Block:
    digests = [cell.now["rows"] for cell in cells]
    same = len(set(digests)) == 1
    values, rows, seeds = [], [], []
    for place, cell in enumerate(cells):
        now, before = answers(cell.now), _right(cell.before)
        values.append(now.astype(np.int64) - before)
        # which rows two seeds share is not written down; splits of their own count as such
        rows.append(np.arange(len(now)) + (0 if same else place * 10**9))
        seeds.append(np.full(len(now), place))
    train = cells[0].now["metrics"].get("train_rows")
    share = len(rows[0]) / float(train) if train else 1.0
    alone = same or drawn_anew([cell.now.get("rows_of") for cell in cells])
    return Block(
        values=np.concatenate(values),
        rows=np.concatenate(rows),
        seeds=np.concatenate(seeds),
        share=None if alone else share,
    )
