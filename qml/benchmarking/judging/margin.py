"""How many standard errors a mean must lie from zero, where a part of its variance is little known.

A t-quantile with as many degrees of freedom as there are seeds would treat all of the variance as
known that badly, Satterthwaite's mixture trusts the luck of a few seeds when by luck it looks
small. Cochran and Cox weigh the quantiles of both parts by their shares of the variance, which
keeps the chance of a false claim.
"""

from dataclasses import dataclass
from math import exp, isfinite, log

from scipy.special import ndtri, stdtrit

_SMALLEST, _CLOSE = 1e-30, 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Quantiles of a mean over its standard error.

    Attributes:
        share: Share of the variance that comes from seeds, 0 to 1.
        seeds: Degrees of freedom of that part.
        rest: Degrees of freedom of the rest; may be infinite.
    """

    share: float
    seeds: float
    rest: float

    def errors(self, level: float) -> float:
        """Return the standard errors from zero at which a two-sided p-value reaches a level.

        References:
            W. G. Cochran, G. M. Cox, Experimental Designs (1950), section 4.14.
        """
        rest = (1 - self.share) * _quantile(level, self.rest)
        return rest + (self.share * _quantile(level, self.seeds) if self.share else 0.0)

    def p_value(self, errors: float) -> float:
        """Return the two-sided p-value of a mean so many standard errors from zero, at most 1."""
        low, high = log(_SMALLEST), 0.0
        while high - low > _CLOSE:
            middle = (low + high) / 2
            low, high = (middle, high) if self.errors(exp(middle)) > errors else (low, middle)
        return exp(high)


def _quantile(level: float, freedom: float) -> float:
    return -float(stdtrit(freedom, level / 2) if isfinite(freedom) else ndtri(level / 2))
