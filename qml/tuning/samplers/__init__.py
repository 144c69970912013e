"""Optuna samplers; an entry point of `qml.searchers.v1` names the `make` of one.

`make(*, seed, options)` returns an `optuna.samplers.BaseSampler`. Optuna is loaded with this folder
and not before.
"""

from qml.tuning.extra import require_optuna

require_optuna()
