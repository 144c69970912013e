"""Each parameter adds its part: no products of bits."""

from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.evidence import fit
from qml.tuning.surrogates.gaussian import Posterior


def fit_linear(data: Data) -> Posterior:
    """Fit a Bayesian linear regression on the bits."""
    return fit(data, shares=(0.0,))
