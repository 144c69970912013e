"""Loads the simulator, once and by one thread.

The command loads it ahead of the first submission; a submission that comes before that must not
import the same packages at the same time, since either thread could see half of them.
"""

from importlib import import_module
from threading import Lock

_loading = Lock()


def load_simulator() -> None:
    """Import what reads and runs circuits; whoever comes second waits for it."""
    with _loading:
        import_module("qml.emulators.ionq.programs.circuits")
        import_module("qml.emulators.ionq.simulate")
