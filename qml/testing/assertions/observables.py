"""Observables in the forms in which people have them."""

from collections.abc import Mapping
from typing import Any

from qml.circuits import Observable, ZeroProjector, pauli
from qml.errors import CircuitError
from qml.testing.assertions.programs import quantum_function


def observable_of(thing: Any, actual: Any) -> Observable | ZeroProjector:
    """Read an observable.

    Args:
        thing: An observable of this package, letters for the wires from 0 ("ZIX"), a mapping of
            letters to coefficients, a PennyLane operator, a Qiskit `SparsePauliOp` or `Pauli`; None
            for the one whose expectation `actual`, a PennyLane function, returns.
        actual: The program.

    Raises:
        CircuitError: It is none, or `actual` returns none.
    """
    if thing is None:
        return _returned(actual)
    if isinstance(thing, Observable | ZeroProjector):
        return thing
    if isinstance(thing, str):
        return pauli(thing, tuple(range(len(thing))))
    if isinstance(thing, Mapping):
        return _sum(thing)
    if type(thing).__module__.startswith("qiskit."):
        return _from_qiskit(thing)
    return _from_pennylane(thing)


def _sum(letters: Mapping[str, float]) -> Observable:
    terms = [pauli(word, tuple(range(len(word))), c).terms for word, c in letters.items()]
    return Observable(tuple(term for part in terms for term in part))


def _returned(actual: Any) -> Observable | ZeroProjector:
    from qml.circuits.readers.pennylane import record_observables

    function = quantum_function(actual)
    found = record_observables(function) if function else ()
    if len(found) != 1:
        raise CircuitError(
            f"the program returns {len(found)} expectations, and no observable was given",
            hint='name one, e.g. `observable="ZZ"`',
        )
    return found[0]


def _from_qiskit(thing: Any) -> Observable:
    """Qiskit writes qubit 0 last."""
    from qiskit.quantum_info import SparsePauliOp

    pairs = SparsePauliOp(thing).to_list()
    if any(abs(complex(c).imag) > 0 for _, c in pairs):
        raise CircuitError("an observable has a complex coefficient")
    return _sum({word[::-1]: complex(c).real for word, c in pairs})


def _from_pennylane(thing: Any) -> Observable | ZeroProjector:
    import pennylane as qp

    from qml.circuits.readers.pennylane_observables import observable

    if not isinstance(thing, qp.operation.Operator):
        raise CircuitError(
            f"a `{type(thing).__name__}` is no observable",
            hint='give letters for the wires from 0, e.g. "ZIX", or a PennyLane or Qiskit one',
        )
    with qp.queuing.QueuingManager.stop_recording():
        return observable(qp.expval(thing), {wire: wire for wire in thing.wires})
