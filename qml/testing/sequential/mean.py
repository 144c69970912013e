"""Is the mean of bounded values the expected one, up to a tolerance?

Right: at most `tolerance` from it. Wrong: at least `tolerance + epsilon`, on either side.

- Fail at any look, at delta/2: bets on both sides, each at delta/4.
- Pass at a look: by Chernoff's bound both means that would be wrong are excluded.
- At the last look, at delta/2: Chernoff's bound on both sides. The number of shots is the least at
  which it parts right from wrong.
"""

from collections.abc import Iterator
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from qml.errors import PlanError
from qml.testing.sequential.base import LOOKS, MISS, Finding
from qml.testing.sequential.betting import log_wealth
from qml.testing.sequential.chernoff import kl, shots_to_part

_HALVINGS = 40
_DIGITS = 9


class Mean:
    """Tests the mean of values.

    Args:
        expected: The mean that is expected.
        low: Smallest value there can be.
        high: Largest value there can be.
        tolerance: Distance that a right program may have.
        epsilon: Distance beyond the tolerance that must be seen; above 0.
        delta: Probability that a right program fails.
        shots: Shots at most, or None for as many as are needed.

    Attributes:
        needed: Shots that are needed.
        shots: Shots after which it decides.

    Raises:
        PlanError: No value can be so far from what is expected, or what is expected cannot be.
    """

    def __init__(
        self,
        expected: float,
        *,
        low: float,
        high: float,
        tolerance: float,
        epsilon: float,
        delta: float,
        shots: int | None = None,
    ) -> None:
        if not low - tolerance <= expected <= high + tolerance:
            raise PlanError(f"no mean of values from {low:g} to {high:g} can be {expected:g}")
        self._low, self._range = low, high - low
        self.delta = delta
        self._centre, self._tolerance = (expected - low) / self._range, tolerance / self._range
        self.needed = self._needed(epsilon / self._range)
        self.shots = shots or self.needed
        self._epsilon = self._resolution(epsilon / self._range)
        self._tally: dict[float, int] = {}
        self._p_value = 1.0

    @property
    def mean(self) -> float:
        """Mean of the values so far, in their own unit."""
        values, times = self._arrays()
        return float(self._low + self._range * (values @ times) / times.sum())

    @property
    def resolution(self) -> float:
        """Difference beyond the tolerance that is seen, in the values' unit."""
        return self._epsilon * self._range

    def see(self, batch: tuple[NDArray[np.float64], NDArray[np.int64]]) -> None:
        """Take values, shape (any,), and how often each was seen, of the same shape."""
        scaled = np.round((batch[0] - self._low) / self._range, _DIGITS)
        for value, count in zip(scaled.tolist(), batch[1].tolist(), strict=True):
            self._tally[value] = self._tally.get(value, 0) + count

    def look(self, *, last: bool) -> Finding:
        """Judge all values so far."""
        values, times = self._arrays()
        shots, mean = int(times.sum()), float(values @ times / times.sum())
        self._p_value = min(self._p_value, 4 * exp(-max(0.0, self._log_wealth(values, times))))
        if self._p_value <= self.delta:
            return self._finding(passed=False, mean=mean, by="bets")
        if last:
            self._p_value = min(self._p_value, 4 * exp(-shots * self._away(mean)))
            passed = self._p_value > self.delta
            return self._finding(passed=passed, mean=mean, by="Chernoff's bound at the last shot")
        sure = all(
            (mean < wrong) == (right < wrong) and shots * kl(mean, wrong) >= log(LOOKS / MISS)
            for right, wrong in self._sides(self._epsilon)
        )
        return self._finding(passed=sure or None, mean=mean, by="Chernoff's bound")

    def _finding(self, *, passed: bool | None, mean: float, by: str) -> Finding:
        distance = abs(mean - self._centre) * self._range
        return Finding(passed=passed, distance=distance, p_value=min(1.0, self._p_value), by=by)

    def _arrays(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        values = np.clip(np.fromiter(self._tally, dtype=np.float64), 0, 1)
        return values, np.fromiter(self._tally.values(), dtype=np.int64)

    def _log_wealth(self, values: NDArray[np.float64], times: NDArray[np.int64]) -> float:
        """Return the log of the wealth on the side of the mean; on the other side it shrank."""
        mean = float(values @ times / times.sum())
        if mean > self._centre + self._tolerance:
            return log_wealth(values, times, self._centre + self._tolerance)
        if mean < self._centre - self._tolerance:
            return log_wealth(1 - values, times, 1 - self._centre + self._tolerance)
        return 0.0

    def _away(self, mean: float) -> float:
        """Return the nats per shot between the mean and the nearest right one."""
        nearest = min(max(mean, self._centre - self._tolerance), self._centre + self._tolerance)
        return kl(mean, nearest) if nearest != mean else 0.0

    def _sides(self, epsilon: float) -> Iterator[tuple[float, float]]:
        """Yield the right mean and the wrong one, above and beneath, where there can be one."""
        for sign in (1, -1):
            right = min(max(self._centre + sign * self._tolerance, 0.0), 1.0)
            wrong = self._centre + sign * (self._tolerance + epsilon)
            if 0 <= wrong <= 1:
                yield right, wrong

    def _needed(self, epsilon: float) -> int:
        sides = list(self._sides(epsilon))
        if not sides:
            raise PlanError(
                "no program can be wrong by that much: every possible mean is nearer",
                hint="make `epsilon` or `tolerance` smaller",
            )
        return max(shots_to_part(r, w, self.delta / 4, MISS) for r, w in sides)

    def _resolution(self, epsilon: float) -> float:
        """Return the smallest difference that the shots can see, if it is below epsilon."""
        low, high = 0.0, epsilon
        for _ in range(_HALVINGS if self.shots > self.needed else 0):
            middle = (low + high) / 2
            low, high = (low, middle) if self._needed(middle) <= self.shots else (middle, high)
        return high
