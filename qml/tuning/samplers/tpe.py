"""Optuna's tree-structured Parzen estimator (TPE)."""

from collections.abc import Mapping
from typing import Any

from optuna.samplers import BaseSampler, TPESampler

from qml.tuning.samplers.options import build


def make(*, seed: int, options: Mapping[str, Any]) -> BaseSampler:
    """Make the sampler that `tpe` names."""
    return build(TPESampler, seed, options)
