"""Which interpreter runs a peer.

A peer may live in a virtual environment of its own: `QML_TFQ_PYTHON` names the interpreter of
TensorFlow Quantum, `QML_QULACS_PYTHON` that of Qulacs, and so on; `QML_PEERS_PYTHON` one for all
others that this environment lacks.
"""

import sys
from collections.abc import Mapping
from importlib.util import find_spec

MODULES = {
    "qml": "jax",
    "pennylane_jax": "pennylane",
    "default_qubit": "pennylane",
    "lightning": "pennylane_lightning",
    "tfq": "tensorflow_quantum",
    "qsim": "qsimcirq",
    "aer": "qiskit_aer",
    "qulacs": "qulacs",
    "tensorcircuit": "tensorcircuit",
    "deepquantum": "deepquantum",
}


def interpreter(peer: str, environ: Mapping[str, str], given: str | None = None) -> str:
    """Return the interpreter of a peer: the given one, the environment's, or this one."""
    if peer == "qml":
        return sys.executable
    own = given or environ.get(f"QML_{peer.upper()}_PYTHON")
    if own:
        return own
    if find_spec(MODULES[peer]) is None:
        return environ.get("QML_PEERS_PYTHON") or sys.executable
    return sys.executable


def advice(peer: str) -> str:
    """Say how a missing peer comes here."""
    return f"`pip install 'qml-workbench[peers]'`, or QML_{peer.upper()}_PYTHON"
