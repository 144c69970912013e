"""`linear`: each parameter adds its part; draws have no couplings."""

from collections.abc import Mapping
from typing import Any

from optuna.samplers import BaseSampler

from qml.tuning.samplers.options import build
from qml.tuning.samplers.surrogate import Choice, SurrogateSampler
from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.linear import fit_linear


class LinearSampler(SurrogateSampler):
    """Thompson sampling with a Bayesian linear regression on one-hot bits."""

    def _choose(self, data: Data) -> Choice:
        return Choice("linear", fit_linear(data))


def make(*, seed: int, options: Mapping[str, Any]) -> BaseSampler:
    """Make the sampler that `linear` names."""
    return build(LinearSampler, seed, options)
