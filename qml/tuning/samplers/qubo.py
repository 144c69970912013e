"""`qubo`: parameters act in pairs; the minimum of a draw is a QUBO."""

from collections.abc import Mapping
from typing import Any

from optuna.samplers import BaseSampler

from qml.errors import ConfigError
from qml.tuning.samplers.options import build
from qml.tuning.samplers.surrogate import Choice, SurrogateSampler
from qml.tuning.surrogates.base import Data, FitSurrogate
from qml.tuning.surrogates.factorisation import fit_machine
from qml.tuning.surrogates.quadratic import fit_quadratic

SURROGATES: dict[str, FitSurrogate] = {"bayesian": fit_quadratic, "factorisation": fit_machine}


class QuboSampler(SurrogateSampler):
    """Draws quadratic functions of one-hot bits and minimises them with a QUBO solver.

    Args:
        surrogate: `bayesian` (regression on bits and products of two, Thompson sampling: BOCS) or
            `factorisation` (factorisation machine: FMQA).
        settings: What `SurrogateSampler` takes: seed, n_startup_trials, heat, solver,
            solver_options, evaluations.

    Raises:
        ConfigError: There is no such surrogate.
    """

    def __init__(self, *, surrogate: str = "bayesian", **settings: Any) -> None:
        if surrogate not in SURROGATES:
            raise ConfigError(
                f"unknown surrogate `{surrogate}`", hint=f"known: {', '.join(SURROGATES)}"
            )
        super().__init__(**settings)
        self._surrogate = surrogate

    def _choose(self, data: Data) -> Choice:
        name = "quadratic" if self._surrogate == "bayesian" else "factorisation machine"
        return Choice(name, SURROGATES[self._surrogate](data))


def make(*, seed: int, options: Mapping[str, Any]) -> BaseSampler:
    """Make the sampler that `qubo` names."""
    return build(QuboSampler, seed, options)
