"""Optuna's CMA-ES (package `cmaes`)."""

from collections.abc import Mapping
from typing import Any

from optuna.samplers import BaseSampler, CmaEsSampler

from qml.tuning.samplers.options import build


def make(*, seed: int, options: Mapping[str, Any]) -> BaseSampler:
    """Make the sampler that `cma` names."""
    return build(CmaEsSampler, seed, options)
