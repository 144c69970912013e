"""From PennyLane's measurements to observables."""

from typing import Any

import numpy as np
import pennylane as qp

from qml.circuits.observables import Observable, ZeroProjector
from qml.errors import CircuitError

_TOLERANCE = 1e-12


def observable(measurement: Any, labels: dict[Any, int]) -> Observable | ZeroProjector:
    """Translate one measurement.

    Args:
        measurement: `qp.expval` of anything that is a sum of Pauli strings, or of the projector on
            all zeros of all wires.
        labels: Number of each wire label.

    Raises:
        CircuitError: It is no expectation, or of an observable that is neither.
    """
    if not isinstance(measurement, qp.measurements.ExpectationMP) or measurement.obs is None:
        raise CircuitError(
            f"`{_name(measurement)}` cannot be measured on every backend",
            hint="return `qp.expval(...)` of an observable",
        )
    if _is_zero_projector(measurement.obs, labels):
        return ZeroProjector()
    return Observable(
        tuple((_real(c), _string(word, labels)) for word, c in _sentence(measurement.obs).items())
    )


def observable_of(operator: Any) -> Observable | ZeroProjector:
    """Translate an operator whose wire labels are the numbers of the wires.

    Raises:
        CircuitError: It is no operator, or no sum of Pauli strings.
    """
    if not isinstance(operator, qp.operation.Operator):
        raise CircuitError(
            f"a `{type(operator).__name__}` is no observable",
            hint='give letters for the wires from 0, e.g. "ZIX", or a PennyLane or Qiskit one',
        )
    with qp.queuing.QueuingManager.stop_recording():
        return observable(qp.expval(operator), {wire: wire for wire in operator.wires})


def _name(measurement: Any) -> str:
    return type(measurement).__name__.removesuffix("MP").lower()


def _is_zero_projector(operator: Any, labels: dict[Any, int]) -> bool:
    if operator.name not in ("Projector", "BasisStateProjector"):
        return False
    return set(operator.wires) == set(labels) and not np.any(operator.data[0])


def _sentence(operator: Any) -> Any:
    if operator.pauli_rep is not None:
        return operator.pauli_rep
    with qp.queuing.QueuingManager.stop_recording():
        if not operator.has_matrix:
            raise CircuitError(
                f"the observable `{operator.name}` is not a sum of Pauli strings",
                hint="use `qp.Hamiltonian`, or products and sums of X, Y and Z",
            )
        return qp.pauli_decompose(operator.matrix(), wire_order=operator.wires, pauli=True)


def _real(coefficient: Any) -> float:
    value = complex(coefficient)
    if abs(value.imag) > _TOLERANCE:
        raise CircuitError(f"an observable has the complex coefficient {value}")
    return value.real


def _string(word: Any, labels: dict[Any, int]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((labels[wire], letter) for wire, letter in word.items()))
