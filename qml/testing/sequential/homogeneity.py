"""Do two programs have the same distribution, up to a tolerance?

Right: total variation distance at most `tolerance`. Wrong: at least `tolerance + epsilon`. Both are
known by n shots each; n is 2 / (1/n_a + 1/n_b) where the numbers differ.

- Fail at any look, at delta/2: an e-value, each side's mixture of Dirichlet priors against the best
  pair of distributions within the tolerance. Without a tolerance the best pair is the pooled one;
  with one, Pinsker's inequality bounds it: n (L1 - 2 tolerance)**2 / 4 nats.
- Pass at a look: distance <= tolerance + epsilon - sqrt(ln(looks/MISS) / n), by Hoeffding's
  inequality for the one set of outcomes in which a wrong pair differs most.
- At the last look, at delta/2: L1 <= 2 tolerance + sqrt(4 (K ln 2 + ln(2/delta)) / n), the union
  over sets of outcomes of Hoeffding's inequality for two means: twice Weissman's shots.
"""

from math import ceil, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from qml.testing.sequential.base import LOOKS, MISS, Finding
from qml.testing.sequential.mixture import log_fitted, log_mixture, priors

Pair = NDArray[np.int64]
"""Counts by index of both sides, shape (2, K)."""


class Homogeneity:
    """Tests two sets of counts against each other.

    Args:
        outcomes: K, the number of outcomes.
        tolerance: Total variation distance that right programs may have, 0 to 1.
        epsilon: Distance beyond the tolerance that must be seen; above 0.
        delta: Probability that right programs fail.
        shots: Shots of each side at most, or None for as many as are needed.

    Attributes:
        needed: Shots that are needed, each side.
        shots: Shots of each side after which it decides.
        tallies: Counts so far, shape (2, K).
    """

    def __init__(
        self,
        outcomes: int,
        *,
        tolerance: float,
        epsilon: float,
        delta: float,
        shots: int | None = None,
    ) -> None:
        self.tolerance, self.delta = tolerance, delta
        self.tallies: Pair = np.zeros((2, outcomes), dtype=np.int64)
        self._constant = sqrt(4 * (outcomes * log(2) + log(2 / delta)))
        self.needed = ceil((self._constant / epsilon) ** 2)
        self.shots = shots or self.needed
        self.epsilon = min(epsilon, self._constant / sqrt(self.shots))
        self._priors = priors(outcomes)
        self._p_value = 1.0

    @property
    def size(self) -> float:
        """Harmonic mean of the shots of both sides so far."""
        return float(2 / (1 / self.tallies.sum(axis=1)).sum())

    @property
    def frequencies(self) -> NDArray[np.float64]:
        """Relative frequencies so far, shape (2, K)."""
        return np.asarray(self.tallies / self.tallies.sum(axis=1, keepdims=True), dtype=np.float64)

    @property
    def limit(self) -> float:
        """Distance at which the last look fails."""
        return self.tolerance + self._constant / sqrt(self.size) / 2

    def see(self, batch: Pair) -> None:
        """Take counts of both sides."""
        self.tallies = self.tallies + batch

    def look(self, *, last: bool) -> Finding:
        """Judge all counts so far."""
        one, other = self.frequencies
        distance = float(np.abs(one - other).sum() / 2)
        self._p_value = min(self._p_value, 2 * exp(-max(0.0, self._log_e_value(distance))))
        if self._p_value <= self.delta:
            return self._finding(passed=False, distance=distance, by="e-value")
        if last:
            self._p_value = min(self._p_value, 2 * self._tail(distance))
            passed, by = distance <= self.limit, "L1 bound at the last shot"
            return self._finding(passed=passed, distance=distance, by=by)
        slack = sqrt(log(LOOKS / MISS) / self.size)
        sure = distance <= self.tolerance + self.epsilon - slack
        return self._finding(passed=sure or None, distance=distance, by="Hoeffding's inequality")

    def _finding(self, *, passed: bool | None, distance: float, by: str) -> Finding:
        return Finding(passed=passed, distance=distance, p_value=min(1.0, self._p_value), by=by)

    def _log_e_value(self, distance: float) -> float:
        apart = sum(log_fitted(t) for t in self.tallies)
        if self.tolerance:
            away = self.size * max(0.0, 2 * (distance - self.tolerance)) ** 2 / 4
        else:
            away = apart - log_fitted(self.tallies.sum(axis=0))
        return sum(log_mixture(t, self._priors) for t in self.tallies) - apart + away

    def _tail(self, distance: float) -> float:
        error = 2 * max(0.0, distance - self.tolerance)
        outcomes = self.tallies.shape[1]
        return exp(min(0.0, outcomes * log(2) - self.size * error**2 / 4))
