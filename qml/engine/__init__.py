"""The engine: exact circuits as fast pure JAX functions.

Names are loaded on first use, so that `qml.engine.setup` can set what must precede JAX's start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qml.engine.bound import expectation_values, probabilities
    from qml.engine.compile import expectations, states
    from qml.engine.environment import setup
    from qml.engine.memory import bytes_needed
    from qml.engine.overlap import overlaps
    from qml.engine.shots import sample

_HOMES = {
    "bytes_needed": "memory",
    "expectation_values": "bound",
    "expectations": "compile",
    "overlaps": "overlap",
    "probabilities": "bound",
    "sample": "shots",
    "setup": "environment",
    "states": "compile",
}

__all__ = [
    "bytes_needed",
    "expectation_values",
    "expectations",
    "overlaps",
    "probabilities",
    "sample",
    "setup",
    "states",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module `qml.engine` has no attribute `{name}`")
    return getattr(import_module(f"qml.engine.{_HOMES[name]}"), name)
