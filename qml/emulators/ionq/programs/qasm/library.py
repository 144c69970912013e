"""Gates that a program may use without defining them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits.gates import GATES, matrix
from qml.emulators.ionq.programs.gates import controlled

Matrix = NDArray[np.complex128]

_SAME = {
    "cx": "cnot",
    "CX": "cnot",
    "ccx": "ccnot",
    "p": "phase",
    "u1": "phase",
    "cp": "cphase",
    "cu1": "cphase",
    "u": "u3",
}


def _universal(theta: float, phi: float, lam: float) -> Matrix:
    """The built-in gate `U` with the phase of the OpenQASM 3 specification."""
    return np.asarray(np.exp(0.5j * theta) * matrix("u3", [theta, phi, lam]))


_MADE: dict[str, tuple[int, int, Callable[..., Any]]] = {
    "U": (1, 3, _universal),
    "u2": (1, 2, lambda phi, lam: matrix("u3", [np.pi / 2, phi, lam])),
    "cu": (
        2,
        4,
        lambda t, phi, lam, g: controlled(np.exp(1j * g) * matrix("u3", [t, phi, lam]), 1),
    ),
    "cu3": (2, 3, lambda t, phi, lam: controlled(matrix("u3", [t, phi, lam]), 1)),
    "csx": (2, 0, lambda: controlled(matrix("sx"), 1)),
    "cs": (2, 0, lambda: controlled(matrix("s"), 1)),
    "gphase": (0, 1, lambda g: np.array([[np.exp(1j * g)]])),
}
"""Name to qubits, parameters and matrix."""


def library_gate(name: str, params: Sequence[float]) -> tuple[int, Matrix] | None:
    """Return the qubits and the matrix of a gate, or None where there is no such gate.

    Raises:
        ValueError: It takes another number of parameters.
    """
    if name in _MADE:
        qubits, count, make = _MADE[name]
        if len(params) != count:
            raise ValueError(count)
        return qubits, np.asarray(make(*params), dtype=np.complex128)
    spec = GATES.get(_SAME.get(name, name))
    if spec is None:
        return None
    if len(params) != spec.params:
        raise ValueError(spec.params)
    return spec.wires, np.asarray(spec.matrix(np, *params), dtype=np.complex128)
