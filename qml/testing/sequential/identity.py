"""Do counts follow a known distribution, up to a tolerance?

Right: total variation distance at most `tolerance`. Wrong: at least `tolerance + epsilon`.

- Fail at any look, at delta/4: an e-value, the mixture of Dirichlet priors against the best
  distribution within the tolerance. It has most power where an outcome is too rare or too frequent
  by a factor, and rejects an impossible outcome after very few shots.
- Pass at a look: distance <= tolerance + epsilon - sqrt(ln(looks/MISS) / 2n). For a wrong program
  one set of outcomes is too likely by the whole distance, and Hoeffding's inequality holds for that
  one set.
- Fail at the last look, at delta/4: exact binomials of the single outcomes.
- At the last look, at delta/2: the L1 bound of `concentration`. It needs no look at the kind of
  error, so it sets the number of shots.

`bench/power.py` shows what each of the three finds that the others do not.
"""

from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from qml.testing.sequential.base import LOOKS, MISS, Finding
from qml.testing.sequential.binomials import rarest
from qml.testing.sequential.concentration import radius, shots_for, spread, tail
from qml.testing.sequential.mixture import log_fitted, log_mixture, priors
from qml.testing.sequential.projection import nearest_divergence


class Identity:
    """Tests counts against one distribution.

    Args:
        expected: Probabilities by index, shape (K,), sum 1.
        tolerance: Total variation distance that a right program may have, 0 to 1.
        epsilon: Distance beyond the tolerance that must be seen; above 0.
        delta: Probability that a right program fails.
        shots: Shots at most, or None for as many as are needed.

    Attributes:
        needed: Shots that are needed.
        shots: Shots after which it decides.
    """

    def __init__(
        self,
        expected: NDArray[np.float64],
        *,
        tolerance: float,
        epsilon: float,
        delta: float,
        shots: int | None = None,
    ) -> None:
        self.expected, self.tolerance = expected, tolerance
        self.delta = delta
        self._spread = spread(expected, tolerance)
        self.needed = shots_for(len(expected), self._spread, epsilon, delta / 2)
        self.shots = shots or self.needed
        reach = radius(len(expected), self._spread, self.shots, delta / 2)
        self.epsilon = min(epsilon, reach)  # shots beyond what is needed see smaller differences
        self.tally = np.zeros(len(expected), dtype=np.int64)
        self._priors = priors(len(expected), expected, epsilon)
        self._p_value = 1.0

    @property
    def frequencies(self) -> NDArray[np.float64]:
        """Relative frequencies so far, shape (K,)."""
        return np.asarray(self.tally / self.tally.sum(), dtype=np.float64)

    @property
    def limit(self) -> float:
        """Distance at which the last look fails."""
        reach = radius(len(self.expected), self._spread, int(self.tally.sum()), self.delta / 2)
        return self.tolerance + reach / 2

    def see(self, batch: NDArray[np.int64]) -> None:
        """Take counts by index, shape (K,)."""
        self.tally = self.tally + batch

    def look(self, *, last: bool) -> Finding:
        """Judge all counts so far."""
        distance = float(np.abs(self.frequencies - self.expected).sum() / 2)
        self._p_value = min(self._p_value, 4 * exp(-max(0.0, self._log_e_value())))
        if self._p_value <= self.delta:
            return self._finding(passed=False, distance=distance, by="e-value")
        if last:
            return self._decide(distance)
        slack = sqrt(log(LOOKS / MISS) / (2 * self.tally.sum()))
        sure = distance <= self.tolerance + self.epsilon - slack
        return self._finding(passed=sure or None, distance=distance, by="Hoeffding's inequality")

    def _decide(self, distance: float) -> Finding:
        single = 4 * rarest(self.tally, self.expected, self.tolerance)
        self._p_value = min(self._p_value, single, 2 * self._tail(distance))
        if single <= self.delta:
            return self._finding(passed=False, distance=distance, by="the binomial of an outcome")
        passed, by = distance <= self.limit, "L1 bound at the last shot"
        return self._finding(passed=passed, distance=distance, by=by)

    def _finding(self, *, passed: bool | None, distance: float, by: str) -> Finding:
        return Finding(passed=passed, distance=distance, p_value=min(1.0, self._p_value), by=by)

    def _log_e_value(self) -> float:
        shots = int(self.tally.sum())
        away = shots * nearest_divergence(self.frequencies, self.expected, self.tolerance)
        return log_mixture(self.tally, self._priors) - log_fitted(self.tally) + away

    def _tail(self, distance: float) -> float:
        error = 2 * max(0.0, distance - self.tolerance)
        shots = int(self.tally.sum())
        return tail(len(self.expected), self._spread, shots, error, self.delta / 2)
