"""Maximum mean discrepancy of distributions over bit strings, estimated without bias.

The kernel is k(x, y) = exp(-d(x, y) / (2 sigma^2)) with the Hamming distance d. It is diagonal in
parities Z_a(x) = (-1)^(a.x) (Recio-Armengol, Ahmed, Bowles 2025, arXiv:2503.02934):

    k(x, y) = E_a Z_a(x) Z_a(y),    MMD^2(p, q) = E_a (<Z_a>_p - <Z_a>_q)^2,

where each bit of a is 1 with probability (1 - exp(-1/(2 sigma^2))) / 2. Several bandwidths stand
for the mean of their kernels. Distributions are arrays of shape (2**bits,), bit 0 the most
significant of an index. An unbiased estimate may be negative.
"""

from collections.abc import Sequence
from math import exp, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BITS = 20
"""Widest strings whose 2**bits probabilities are looked at one by one."""

_NORMAL = 1.959963984540054
_CHUNK = 2**22


class Estimate(NamedTuple):
    """A number and how sure it is.

    Attributes:
        value: The estimate.
        error: Its standard error.
    """

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """Normal interval at 95 %."""
        return self.value - _NORMAL * self.error, self.value + _NORMAL * self.error


def flip_probability(sigma: float) -> float:
    """Return the probability that a bit of the operator's string is 1."""
    return (1.0 - exp(-1.0 / (2.0 * sigma * sigma))) / 2.0


def operator_weights(bits: int, sigmas: Sequence[float]) -> Floats:
    """Return the weight of every operator string a in the kernel, shape (2**bits,); sum 1."""
    ones = np.bitwise_count(np.arange(2**bits))
    each = []
    for sigma in sigmas:
        p = flip_probability(sigma)
        each.append(p**ones * (1.0 - p) ** (bits - ones))
    return np.asarray(np.mean(each, axis=0), dtype=np.float64)


def kernel(bits: int, sigmas: Sequence[float]) -> Floats:
    """Return k at every Hamming distance, shape (bits + 1,)."""
    apart = np.arange(bits + 1)
    each = [np.exp(-apart / (2.0 * sigma * sigma)) for sigma in sigmas]
    return np.asarray(np.mean(each, axis=0), dtype=np.float64)


def walsh(values: Floats) -> Floats:
    """Return the Walsh-Hadamard transform sum_x (-1)^(a.x) values[x], shape (2**bits,)."""
    found = np.array(values, dtype=np.result_type(values, np.float64))
    half = 1
    while half < len(found):
        pairs = found.reshape(-1, 2, half)
        found = np.stack([pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]], axis=1).ravel()
        half *= 2
    return found


def indices(rows: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the index of each row of bits, shape (rows,)."""
    places = 1 << np.arange(rows.shape[1] - 1, -1, -1, dtype=np.int64)
    found: NDArray[np.int64] = rows.astype(np.int64) @ places
    return found


def empirical(rows: NDArray[np.integer]) -> Floats:
    """Return the relative frequency of every string, shape (2**bits,)."""
    found: Floats = np.bincount(indices(rows), minlength=2 ** rows.shape[1]) / len(rows)
    return found


def mmd2(p: Floats, q: Floats, sigmas: Sequence[float]) -> float:
    """Return MMD^2 of two known distributions, by its operator form."""
    weights = operator_weights(_bits(p), sigmas)
    return float(weights @ walsh(p - q) ** 2)


def total_variation(p: Floats, q: Floats) -> float:
    """Return half the sum of |p - q|, 0 to 1."""
    return float(np.abs(p - q).sum() / 2)


def against_rows(p: Floats, rows: NDArray[np.integer], sigmas: Sequence[float]) -> Estimate:
    """Estimate MMD^2 of a known distribution and the one that rows were drawn from.

    The estimate is unbiased. Its variance is that of a U-statistic, 4/m Var h + 2/m^2 E k'^2, with
    h the witness function and k' the kernel centred under the rows.

    Args:
        p: Probabilities, shape (2**bits,).
        rows: 0 and 1, shape (m, bits), m at least 2.
        sigmas: Bandwidths of the kernel.
    """
    m, weights = len(rows), operator_weights(_bits(p), sigmas)
    seen = empirical(rows)
    p_hat, q_hat = walsh(p), walsh(seen)
    q_square = (m * float(weights @ q_hat**2) - 1.0) / (m - 1.0)
    value = float(weights @ (p_hat**2 - 2.0 * p_hat * q_hat)) + q_square
    witness = walsh(weights * (q_hat - p_hat))
    squared = operator_weights(_bits(p), _of_square(sigmas))
    centred = _centred(float(squared @ q_hat**2), walsh(weights * q_hat), seen)
    return Estimate(value, _error(4.0 * _variance(witness, seen) / m, 2.0 * centred / m**2))


def difference(
    p: Floats, other: Floats, rows: NDArray[np.integer], sigmas: Sequence[float]
) -> Estimate:
    """Estimate MMD^2(p, rows) - MMD^2(other, rows), paired: the noise of the rows cancels."""
    weights, seen = operator_weights(_bits(p), sigmas), empirical(rows)
    p_hat, other_hat = walsh(p), walsh(other)
    apart = walsh(weights * (p_hat - other_hat))
    value = float(weights @ (p_hat**2 - other_hat**2)) - 2.0 * float(seen @ apart)
    return Estimate(value, sqrt(4.0 * _variance(apart, seen) / len(rows)))


def between_rows(
    x: NDArray[np.integer], y: NDArray[np.integer], sigmas: Sequence[float]
) -> Estimate:
    """Estimate MMD^2 of the distributions that two sets of rows were drawn from, without bias."""
    k = kernel(x.shape[1], sigmas)
    n, m = len(x), len(y)
    xx, yy = distances(x, x), distances(y, y)
    xy, yx = distances(x, y), distances(y, x)
    own_x, own_y = (xx @ k - 1.0) / (n - 1.0), (yy @ k - 1.0) / (m - 1.0)
    cross_x, cross_y = xy @ k / m, yx @ k / n
    value = float(own_x.mean() + own_y.mean() - 2.0 * cross_x.mean())
    square = float((yy @ k**2).mean()) / m
    centred = square - 2.0 * float((own_y**2).mean()) + float(own_y.mean()) ** 2
    first = 4.0 * float(np.var(own_x - cross_x) / n + np.var(own_y - cross_y) / m)
    return Estimate(value, _error(first, 2.0 * max(centred, 0.0) * (1.0 / n + 1.0 / m) ** 2))


def distances(x: NDArray[np.integer], y: NDArray[np.integer]) -> NDArray[np.int64]:
    """Count, for each row of x, the rows of y at each Hamming distance; shape (n, bits + 1)."""
    bits = x.shape[1]
    left, right = 1.0 - 2.0 * x.astype(np.float32), 1.0 - 2.0 * y.astype(np.float32)
    step = max(1, _CHUNK // len(y))
    found = np.empty((len(x), bits + 1), dtype=np.int64)
    for start in range(0, len(x), step):
        block = left[start : start + step]
        apart = ((bits - block @ right.T) / 2.0).astype(np.int64)
        apart += (bits + 1) * np.arange(len(block))[:, None]
        counted = np.bincount(apart.ravel(), minlength=len(block) * (bits + 1))
        found[start : start + len(block)] = counted.reshape(len(block), bits + 1)
    return found


def from_operators(mean: Floats, square: Floats, seen: Floats, rows: int) -> Estimate:
    """Estimate MMD^2 from parities of operators that were drawn at random.

    Args:
        mean: <Z_a> of the model, shape (operators,).
        square: Unbiased estimates of <Z_a>^2 of the model, shape (operators,).
        seen: Mean of Z_a over the rows, shape (operators,).
        rows: Number of rows.

    Returns:
        The mean over the operators; its error is that of the draw of operators.
    """
    unbiased = (rows * seen**2 - 1.0) / (rows - 1.0)
    each = square - 2.0 * mean * seen + unbiased
    return Estimate(float(each.mean()), float(each.std(ddof=1) / sqrt(len(each))))


def _bits(p: Floats) -> int:
    return len(p).bit_length() - 1


def _error(first: float, second: float) -> float:
    """Return the standard error of a U-statistic from the two orders of its variance.

    The witness of the first order is estimated from the same rows, which counts the second order
    twice more than it is there.
    """
    return sqrt(max(first - second, second))


def _of_square(sigmas: Sequence[float]) -> list[float]:
    """Return the bandwidths of k^2: those of all products of two kernels."""
    return [(1.0 / (a * a) + 1.0 / (b * b)) ** -0.5 for a in sigmas for b in sigmas]


def _variance(values: Floats, weights: Floats) -> float:
    mean = float(weights @ values)
    return max(float(weights @ (values - mean) ** 2), 0.0)


def _centred(square: float, smooth: Floats, seen: Floats) -> float:
    """Return E k'(x, y)^2 of the kernel centred under the rows, from E k^2 and E_y k(x, y)."""
    return max(square - 2.0 * float(seen @ smooth**2) + float(seen @ smooth) ** 2, 0.0)
