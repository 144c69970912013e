"""Parameters act together in pairs: bits and products of two bits."""

from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.evidence import fit
from qml.tuning.surrogates.gaussian import Posterior

SHARES = (0.2, 0.5, 0.8)
"""Parts of the explained variance that may be due to products."""


def fit_quadratic(data: Data) -> Posterior:
    """Fit a Bayesian linear regression on the bits and on products of the bits of two parameters.

    Its draws are quadratic: finding their minimum is the problem that a QUBO solver solves.
    """
    return fit(data, shares=SHARES)
