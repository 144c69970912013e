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
        from qml.circuits.readers.qiskit_observables import pauli_words

        return _sum(pauli_words(thing))
    from qml.circuits.readers.pennylane_observables import observable_of as from_operator

    return from_operator(thing)


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
