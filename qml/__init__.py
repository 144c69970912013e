"""qml: scaffold, train, sample, tune, compress, replay and compare quantum machine learning models.

Everything here is imported when it is first used, so that `import qml` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qml.api import (
        Run,
        compress,
        list_backends,
        list_runs,
        load_config,
        plan,
        replay,
        sample,
        solve,
        train,
        tune,
        verify,
    )
    from qml.errors import QmlError

__version__ = "0.5.0"

_HOMES = {
    "QmlError": "qml.errors",
    "Run": "qml.api",
    "compress": "qml.api",
    "list_backends": "qml.api",
    "list_runs": "qml.api",
    "load_config": "qml.api",
    "plan": "qml.api",
    "replay": "qml.api",
    "sample": "qml.api",
    "solve": "qml.api",
    "train": "qml.api",
    "tune": "qml.api",
    "verify": "qml.api",
}

__all__ = [
    "QmlError",
    "Run",
    "__version__",
    "compress",
    "list_backends",
    "list_runs",
    "load_config",
    "plan",
    "replay",
    "sample",
    "solve",
    "train",
    "tune",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module `qml` has no attribute `{name}`")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
