"""Programs are run: exactly, or shot by shot under noise."""

from qml.emulators.ionq.simulate.dynamic import MOST_BRANCHINGS
from qml.emulators.ionq.simulate.outcomes import MOST_EXACT_QUBITS, MOST_QUBITS, Outcomes
from qml.emulators.ionq.simulate.run import run

__all__ = ["MOST_BRANCHINGS", "MOST_EXACT_QUBITS", "MOST_QUBITS", "Outcomes", "run"]
