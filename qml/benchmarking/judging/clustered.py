"""The mean of differences over test rows and seeds, neither of which is all there is.

Five seeds on the same 60 test rows are not 300 rows. A row is hard under every seed and a seed is
lucky on every row, so that the variance of the mean has a part of each:

    Var = sum over rows of (sum of a row)^2 / n^2 + sum over seeds of (sum of a seed)^2 / n^2

(Cameron, Gelbach and Miller's two-way clusters without the term that they subtract, which makes it
larger, and with the usual R / (R - 1) and S / (S - 1)). Where each seed splits the data anew, the
training sets overlap; the part of the seeds is then multiplied with 1 + S n_test / n_train (Nadeau
and Bengio). Two to four seeds say next to nothing of their own spread. It is then moderated, as
Smyth does for few arrays: mixed with a spread that seeds usually have, which counts as much as
`WORTH` seeds more would, and never less than what was seen. Where each seed generates data of its
own, each has rows of its own too, and no training sets overlap.
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.judging.flips import flip_p_value
from qml.benchmarking.judging.margin import Margin

ENOUGH = 5
"""From so many seeds on their spread is taken as it was seen."""
WORTH = 4
USUAL = 0.04
"""How far the difference of two accuracies usually lies from its mean, by the luck of a seed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Differences on one data set.

    Attributes:
        values: One for each answer of each seed, -1, 0 or 1, shape (answers,), int64.
        rows: The test row of each, shape (answers,).
        seeds: The seed of each, shape (answers,).
        share: Test rows for each training row, where seeds split the same data anew; else None.
    """

    values: NDArray[np.int64]
    rows: NDArray[np.int64]
    seeds: NDArray[np.int64]
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean difference and how sure it is.

    Attributes:
        value: The mean.
        bounds: Its 95 % interval.
        error: Its standard error.
        margin: How many standard errors count.
        p_value: Two-sided.
        rows: Number of different rows.
    """

    value: float
    bounds: tuple[float, float]
    error: float
    margin: Margin
    p_value: float
    rows: int


def mean_difference(blocks: list[Block], confidence: float = 0.95) -> Mean:
    """Test the mean difference over the answers of one or more data sets.

    With one seed the p-value is that of McNemar's exact test. With more it is the larger of two:
    the exact test whose terms are the sums of a row over its seeds, and the t-test with the
    variance above, so that neither few rows nor few seeds are taken for more than they are.

    Args:
        blocks: At least one, with at least one answer.
        confidence: Coverage of the interval.

    References:
        A. C. Cameron, J. B. Gelbach, D. L. Miller, J. Bus. Econ. Stat. 29 (2011) 238; C. Nadeau, Y.
        Bengio, Mach. Learn. 52 (2003) 239; D. G. Bonett, R. M. Price, Br. J. Math. Stat. Psychol.
        65 (2012) 479 (two answers more, one each way, so that no interval has the width zero);
        G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 3 (2004) 3 (moderated variance).
    """
    blocks = [_settled(block) for block in blocks]
    count = sum(len(block.values) for block in blocks)
    value = sum(int(block.values.sum()) for block in blocks) / count
    sums = np.concatenate([_sums(block.values, block.rows) for block in blocks])
    squares, margin = _spread(blocks)
    p_value = flip_p_value(sums.astype(np.int64))
    if margin.share:
        p_value = max(p_value, margin.p_value(abs(value) * count / sqrt(squares)))
    each = count / len(sums)
    error = sqrt(squares + 2 * each**2) / (count + 2 * each)
    reach = margin.errors(1 - confidence) * error
    return Mean(
        value=value,
        bounds=(max(-1.0, value - reach), min(1.0, value + reach)),
        error=error,
        margin=margin,
        p_value=min(1.0, p_value),
        rows=len(sums),
    )


def _settled(block: Block) -> Block:
    """Return one seed of a block on which no seed changes anything."""
    first = block.seeds == block.seeds[0]
    rows, values, count = block.rows[first], block.values[first], len(np.unique(block.seeds))
    same = np.array_equal(np.tile(rows, count), block.rows)
    if count > 1 and same and np.array_equal(np.tile(values, count), block.values):
        return replace(block, values=values, rows=rows, seeds=block.seeds[first], share=None)
    return block


def _sums(
    values: NDArray[np.float64] | NDArray[np.int64], of: NDArray[np.int64]
) -> NDArray[np.float64]:
    _, place = np.unique(of, return_inverse=True)
    found: NDArray[np.float64] = np.bincount(place, weights=values).astype(np.float64)
    return found


def _spread(blocks: list[Block]) -> tuple[float, Margin]:
    """Return the variance of the sum, and how many standard errors count."""
    by_row = sum(_part(block.values, block.rows) for block in blocks)
    by_seed = [_seed_part(block) for block in blocks]
    total = by_row + sum(part for part, _ in by_seed)
    share = 1 - by_row / total if total else 0.0
    rows = sum(len(np.unique(block.rows)) - 1 for block in blocks)
    return total, Margin(share=share, seeds=_freedom(by_seed), rest=max(1.0, rows))


def _part(values: NDArray[np.int64], clusters: NDArray[np.int64]) -> float:
    """Return what clusters add to the variance of the sum; 0 of one, which has no spread."""
    sums = _sums(values - values.mean(), clusters)
    return len(sums) / (len(sums) - 1) * float((sums**2).sum()) if len(sums) > 1 else 0.0


def _seed_part(block: Block) -> tuple[float, int]:
    """Return what the seeds of a data set add to the variance, and its degrees of freedom."""
    seeds = len(np.unique(block.seeds))
    if seeds == 1:
        return 0.0, 0
    seen = _part(block.values, block.seeds)
    if seeds >= ENOUGH:
        return seen * _overlap(block), seeds - 1
    usual = seeds * (len(block.values) / seeds * USUAL) ** 2
    mixed = (WORTH * usual + (seeds - 1) * seen) / (WORTH + seeds - 1)
    return max(seen, mixed) * _overlap(block), WORTH + seeds - 1


def _overlap(block: Block) -> float:
    return 1.0 if block.share is None else 1 + len(np.unique(block.seeds)) * block.share


def _freedom(parts: list[tuple[float, int]]) -> float:
    """Return Satterthwaite's degrees of freedom over the seeds of several data sets.

    Args:
        parts: Of each data set the part of its seeds, and their number less one.

    Returns:
        Degrees of freedom; 1 where there is nothing to go by.
    """
    known = [(part, freedom) for part, freedom in parts if freedom and part]
    if not known:
        return 1.0
    total = sum(part for part, _ in known)
    return total**2 / sum(part**2 / freedom for part, freedom in known)
