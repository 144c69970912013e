"""From Qiskit's sums of Pauli strings to letters and coefficients."""

from typing import Any

from qml.errors import CircuitError


def pauli_words(operator: Any) -> dict[str, float]:
    """Return coefficients by letters, wire 0 first; Qiskit writes qubit 0 last.

    Args:
        operator: A `SparsePauliOp`, or a `Pauli`.

    Raises:
        CircuitError: A coefficient is complex.
    """
    from qiskit.quantum_info import SparsePauliOp

    pairs = SparsePauliOp(operator).simplify().to_list()
    if any(complex(c).imag for _, c in pairs):
        raise CircuitError("an observable has a complex coefficient")
    return {word[::-1]: complex(c).real for word, c in pairs}
