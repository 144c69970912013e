"""The gate `pauliexp`: exp(-i time sum_k coefficient_k term_k).

It is absent from the vendor's gate schema; its form is what Qiskit, Cirq and PennyLane send. Terms
are little-endian: the last letter belongs to the first target. Terms that commute become one step
each; others one exact exponential of their sum.
"""

from collections.abc import Mapping
from functools import reduce
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits.gates import matrix
from qml.emulators.ionq.answers import bad_request
from qml.emulators.ionq.programs.steps import Place, Unitary

_MOST_DENSE = 8


def pauli_exponentials(
    entry: Mapping[str, Any], targets: tuple[int, ...], where: str
) -> list[Unitary]:
    """Read a `pauliexp`.

    Raises:
        ApiError: 400, its fields do not fit each other, or terms that do not commute act on more
            than 8 qubits, where no dense exponential is taken.
    """
    terms, coefficients, time = _fields(entry, targets, where)
    if all(_commute(a, b) for a, b in combinations(terms, 2)):
        made = (
            _single(term[::-1], time * coefficient, targets)
            for term, coefficient in zip(terms, coefficients, strict=True)
        )
        return [step for step in made if step is not None]
    if len(targets) > _MOST_DENSE:
        raise bad_request(
            f'"{where}": terms that do not commute act on at most {_MOST_DENSE} qubits here.',
            f"{where}.terms",
        )
    total = sum(c * _dense(t[::-1]) for t, c in zip(terms, coefficients, strict=True))
    values, vectors = np.linalg.eigh(total)
    whole = (vectors * np.exp(-1j * time * values)) @ vectors.conj().T
    shares = (place for term in terms for place in _places(_support(term[::-1], targets)))
    return [Unitary(whole, targets, tuple(shares))]


def _fields(
    entry: Mapping[str, Any], targets: tuple[int, ...], where: str
) -> tuple[list[str], list[float], float]:
    terms, coefficients, time = (entry.get(k) for k in ("terms", "coefficients", "time"))
    if (
        not isinstance(terms, list)
        or not isinstance(coefficients, list)
        or len(terms) != len(coefficients)
        or not all(isinstance(c, int | float) for c in [*coefficients, time])
    ):
        raise bad_request(
            f'"{where}" needs terms, as many coefficients, and a time.', f"{where}.terms"
        )
    if not all(
        isinstance(t, str) and len(t) == len(targets) and set(t) <= set("IXYZ") for t in terms
    ):
        raise bad_request(
            f'"{where}.terms" must be words of I, X, Y, Z, one letter a target.', f"{where}.terms"
        )
    return terms, [float(c) for c in coefficients], float(time or 0.0)


def _commute(first: str, second: str) -> bool:
    clashes = sum("I" not in {a, b} and a != b for a, b in zip(first, second, strict=True))
    return clashes % 2 == 0


def _single(word: str, angle: float, targets: tuple[int, ...]) -> Unitary | None:
    support = _support(word, targets)
    if not support:
        return None  # a global phase
    paulis = _dense(word.replace("I", ""))
    turned = np.cos(angle) * np.eye(len(paulis)) - 1j * np.sin(angle) * paulis
    return Unitary(turned, support, _places(support))


def _support(word: str, targets: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(t for t, letter in zip(targets, word, strict=True) if letter != "I")


def _dense(word: str) -> NDArray[np.complex128]:
    letters = [np.asarray(matrix("id" if p == "I" else p.lower())) for p in word]
    return reduce(np.kron, letters)


def _places(support: tuple[int, ...]) -> tuple[Place, ...]:
    """A ladder down, one two-qubit rotation, and the ladder up: 2k - 3 gates on k >= 2 qubits."""
    if len(support) <= 1:
        return (support,) if support else ()
    ladder = list(pairwise(support))
    return (*ladder, *reversed(ladder[:-1]))
