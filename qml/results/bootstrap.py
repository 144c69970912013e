"""Paired bootstrap of means over outputs that come in clusters.

Outputs of one chunk of text are not independent, so whole units are drawn with replacement: the
chunks where there are enough of them, else blocks of consecutive outputs within each chunk
(Carlstein's non-overlapping block bootstrap). Blocks ignore what ties outputs together further
apart than their length, so that with few chunks the interval says how much *these texts* tell, and
not how much other texts would differ.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError

FEW = 20
"""Below so many clusters their outputs are cut into blocks."""
BLOCK = 32
"""Outputs of a block; fewer where not even `FEW` such blocks would come out."""
SAMPLES = 10_000
CONFIDENCE = 0.95
_LEAST, _MOST_NUMBERS = 1_000, 5_000_000


class Interval(NamedTuple):
    """A mean with its percentile interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """The mean of one thing against that of another on the same outputs.

    Attributes:
        difference: Mean of a minus mean of b, with its interval.
        ratio: Mean of a over mean of b, with its interval; None where a mean of b is not positive.
        p_value: Two-sided, of no difference; at least 2 / (samples + 1).
    """

    difference: Interval
    ratio: Interval | None
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resampling:
    """Draws that all candidates share, so that their differences are paired.

    Attributes:
        unit: The unit of each output, shape (outputs,), int64, 0 to units - 1.
        draws: How often each unit is drawn, shape (samples, units), float64.
        block: Most outputs of a unit where units are blocks, None where they are clusters.
        clusters: Number of clusters that the outputs came in.
        confidence: Coverage of the intervals.
    """

    unit: NDArray[np.int64]
    draws: NDArray[np.float64]
    block: int | None
    clusters: int
    confidence: float

    @property
    def units(self) -> int:
        """Number of units."""
        return int(self.draws.shape[1])

    def means(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the mean of each draw, shape (samples,)."""
        sums = np.bincount(self.unit, weights=values, minlength=self.units)
        sizes = np.bincount(self.unit, minlength=self.units)
        found: NDArray[np.float64] = (self.draws @ sums) / (self.draws @ sizes)
        return found

    def interval(self, values: NDArray[np.float64]) -> Interval:
        """Return the mean with its percentile interval.

        Args:
            values: One for each output, shape (outputs,).
        """
        values = np.asarray(values, dtype=np.float64)
        return Interval(float(values.mean()), *self._bounds(self.means(values)))

    def paired(self, a: NDArray[np.float64], b: NDArray[np.float64]) -> Paired:
        """Compare two means on the same outputs, by the same draws.

        Args:
            a: One value for each output, shape (outputs,).
            b: Of the rival.
        """
        ours, theirs = self.means(a), self.means(b)
        apart = ours - theirs
        tail = min(int((apart <= 0).sum()), int((apart >= 0).sum()))
        ratio = None
        if theirs.min() > 0:
            ratio = Interval(float(a.mean() / b.mean()), *self._bounds(ours / theirs))
        return Paired(
            difference=Interval(float(a.mean() - b.mean()), *self._bounds(apart)),
            ratio=ratio,
            p_value=min(1.0, 2 * (tail + 1) / (len(apart) + 1)),
        )

    def words(self, noun: str) -> str:
        """Say what is drawn, e.g. `42 blocks of up to 32 tokens in 3 chunks`."""
        if self.units == len(self.unit):
            return f"{self.units:,} {noun}s"
        if self.block is None:
            return f"{self.units:,} chunks of {noun}s"
        chunks = "1 chunk" if self.clusters == 1 else f"{self.clusters} chunks"
        return f"{self.units:,} blocks of up to {self.block} {noun}s in {chunks}"

    def _bounds(self, drawn: NDArray[np.float64]) -> tuple[float, float]:
        tail = (1 - self.confidence) / 2
        low, high = np.quantile(drawn, (tail, 1 - tail))
        return float(low), float(high)


def resampling(
    clusters: NDArray[np.int64],
    *,
    seed: int,
    samples: int = SAMPLES,
    confidence: float = CONFIDENCE,
) -> Resampling:
    """Draw units with replacement.

    Args:
        clusters: The cluster of each output, shape (outputs,), any integers.
        seed: Feeds the draws.
        samples: Number of draws; fewer, but at least 1,000, where there are very many units.
        confidence: Coverage of the intervals, strictly between 0 and 1.

    Returns:
        Draws of clusters where there are at least `FEW`, else of blocks of at most `BLOCK`
        consecutive outputs of a cluster, all of nearly the same length.

    Raises:
        DataError: There are no outputs.

    References:
        B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 8 and 13;
        E. Carlstein, Ann. Stat. 14 (1986) 1171 (blocks).
    """
    if not len(clusters):
        raise DataError("a bootstrap needs at least one output")
    found, unit = np.unique(clusters, return_inverse=True)
    count, block = len(found), None
    if count < FEW:
        block = max(1, min(BLOCK, len(clusters) // FEW))
        unit = _blocks(unit, block)
    units = int(unit.max()) + 1
    rng = np.random.default_rng(seed)
    samples = min(samples, max(_LEAST, _MOST_NUMBERS // units))
    draws = rng.multinomial(units, np.full(units, 1 / units), size=samples).astype(np.float64)
    return Resampling(unit=unit, draws=draws, block=block, clusters=count, confidence=confidence)


def _blocks(cluster: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Cut each cluster into blocks, in the order of its outputs."""
    unit = np.empty_like(cluster)
    done = 0
    for place in range(int(cluster.max()) + 1):
        mine = np.flatnonzero(cluster == place)
        pieces = np.array_split(mine, -(-len(mine) // length))
        for piece in pieces:
            unit[piece] = done
            done += 1
    return unit
