"""Optuna's random search."""

from collections.abc import Mapping
from typing import Any

from optuna.samplers import BaseSampler, RandomSampler

from qml.tuning.samplers.options import build


def make(*, seed: int, options: Mapping[str, Any]) -> BaseSampler:
    """Make the sampler that `random` names."""
    return build(RandomSampler, seed, options)
