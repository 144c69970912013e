"""Search for better settings: Optuna samplers that are made of the solvers.

Optuna is loaded when one of the samplers is first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qml.tuning.samplers.auto import AutoSampler
    from qml.tuning.samplers.linear import LinearSampler
    from qml.tuning.samplers.qubo import QuboSampler

_HOMES = {"AutoSampler": "auto", "LinearSampler": "linear", "QuboSampler": "qubo"}

__all__ = ["AutoSampler", "LinearSampler", "QuboSampler"]


def __getattr__(name: str) -> Any:
    """Load a sampler by its name."""
    if name not in _HOMES:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.samplers.{_HOMES[name]}"), name)
