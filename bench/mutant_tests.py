"""Tests of the five programs against their definitions, by the assertions of `qml.testing`.

They were written before the faults, from the mathematics alone: matrices of exponentials and
Fourier coefficients, never another circuit. `test_*` take a program and raise AssertionError.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from mutant_programs import EDGES, Program
from numpy.typing import NDArray
from scipy.linalg import expm

from qml.circuits import Circuit, Gate
from qml.testing import assert_distribution, assert_expectation, assert_unitary_equivalent

Matrix = NDArray[Any]

_PAULI = {
    "I": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}


def _word(letters: str) -> Matrix:
    found: Matrix = np.eye(1)
    for letter in letters:
        found = np.kron(found, _PAULI[letter])
    return found


def _on(letter: str, wires: int, *places: int) -> Matrix:
    return _word("".join(letter if w in places else "I" for w in range(wires)))


def test_ghz_is_all_or_nothing(ghz: Program) -> None:
    """Only the two extreme outcomes, equally often."""
    for wires in (2, 3):
        assert_distribution(ghz(wires), {"0" * wires: 0.5, "1" * wires: 0.5})


def test_ghz_is_coherent(ghz: Program) -> None:
    """Mermin's correlations: XX = 1, YY = -1; XXX = 1, XYY = YXY = YYX = -1, XXY = 0."""
    for letters, value in {"XX": 1, "YY": -1, "XXX": 1, "XYY": -1, "YYX": -1, "XXY": 0}.items():
        assert_expectation(ghz(len(letters)), value, letters, epsilon=0.2)


def test_qft_of_a_number_is_flat(qft: Program) -> None:
    """Every outcome is as likely as every other, whatever number is transformed."""
    for bits in ("000", "101"):
        flips = [Gate("x", (w,)) for w, bit in enumerate(bits) if bit == "1"]
        assert_distribution(Circuit.of(3, flips) + qft(3), np.full(8, 1 / 8))


def test_qft_undone_finds_the_frequency(qft: Program) -> None:
    """The inverse turns sum_k exp(2 pi i j k / N) |k> into |j>: wire w has phase j / 2**(w + 1)."""
    for number in (1, 2, 5, 7):
        wave = Circuit.of(
            3,
            [
                gate
                for w in range(3)
                for gate in (Gate("h", (w,)), Gate("phase", (w,), (np.pi * number / 2**w,)))
            ],
        )
        assert_distribution(wave + qft(3).inverse(), {format(number, "03b"): 1.0})


def test_qft_is_the_matrix(qft: Program) -> None:
    """F_jk = exp(2 pi i j k / N) / sqrt(N)."""
    for wires in (2, 3):
        size = 2**wires
        numbers = np.arange(size)
        fourier = np.exp(2j * np.pi * np.outer(numbers, numbers) / size) / np.sqrt(size)
        assert_unitary_equivalent(qft(wires), fourier)


POINTS = (
    (np.array([0.4, 0.9]), np.array([0.7, 0.3])),
    (np.array([1.1, 0.5]), np.array([0.2, 0.6])),
)


@cache
def _qaoa_state(point: int) -> Matrix:
    cost = sum(w * (np.eye(16) - _on("Z", 4, a, b)) / 2 for a, b, w in EDGES)
    mixer = sum(_on("X", 4, w) for w in range(4))
    psi: Matrix = np.full(16, 0.25, dtype=complex)
    for gamma, beta in zip(*POINTS[point], strict=True):
        psi = expm(-1j * beta * mixer) @ (expm(-1j * gamma * cost) @ psi)
    return psi


def test_qaoa_samples(qaoa: Program) -> None:
    """Its distribution is that of the exponentials."""
    for number, point in enumerate(POINTS):
        assert_distribution(qaoa(*point), _qaoa_state(number))


def test_qaoa_cuts(qaoa: Program) -> None:
    """The mean cut is that of the exponentials."""
    cost = sum(w * (np.eye(16) - _on("Z", 4, a, b)) / 2 for a, b, w in EDGES)
    for number, point in enumerate(POINTS):
        psi = _qaoa_state(number)
        mean = float(np.vdot(psi, cost @ psi).real)
        assert_expectation(qaoa(*point), mean, qaoa.observable, epsilon=0.2)


ROWS = (np.array([0.5, -0.8, 1.1]), np.array([1.3, 0.4, -0.6]), np.array([-0.9, 1.6, 0.7]))


@cache
def _iqp_state(row: int) -> Matrix:
    x = ROWS[row]
    angles = sum(x[w] * _on("Z", 3, w) for w in range(3))
    angles = angles + sum(x[a] * x[b] * _on("Z", 3, a, b) for a, b in ((0, 1), (0, 2), (1, 2)))
    hadamard = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    layer = expm(-0.5j * angles) @ np.kron(np.kron(hadamard, hadamard), hadamard)
    return np.asarray((layer @ layer)[:, 0])


def test_kernel_of_equal_rows_is_one(kernel: Program) -> None:
    """k(x, x) = 1."""
    assert_expectation(kernel(ROWS[0], ROWS[0]), 1.0, kernel.observable)


def test_kernel_is_the_overlap(kernel: Program) -> None:
    """k(x, y) = |<y|x>|**2."""
    for a, b in ((0, 1), (1, 2), (2, 0)):
        exact = abs(np.vdot(_iqp_state(b), _iqp_state(a))) ** 2
        assert_expectation(kernel(ROWS[a], ROWS[b]), float(exact), kernel.observable, epsilon=0.05)


def test_kernel_of_the_origin_shows_the_map(kernel: Program) -> None:
    """At y = 0 the map undone is two layers of H, that is nothing: |x> is seen as it is."""
    for row in range(3):
        seen = np.abs(_iqp_state(row)) ** 2
        assert_distribution(kernel(ROWS[row], np.zeros(3)), seen)


WEIGHTS = np.random.default_rng(3).uniform(0.3, 2.8, (2, 3, 3))


def _rotation(letter: str, angle: float, wire: int) -> Matrix:
    return np.asarray(expm(-0.5j * angle * _on(letter, 3, wire)))


def _cnot(control: int, target: int) -> Matrix:
    one = (np.eye(8) - _on("Z", 3, control)) / 2
    return (np.eye(8) - one) + one @ _on("X", 3, target)


@cache
def _score(row: int) -> float:
    psi: Matrix = np.eye(8, dtype=complex)[0]
    for wire, feature in enumerate(ROWS[row]):
        psi = _rotation("Y", feature, wire) @ psi
    for layer in WEIGHTS:
        for wire, angles in enumerate(layer):
            for letter, angle in zip("ZYZ", angles, strict=True):
                psi = _rotation(letter, angle, wire) @ psi
        for wire in range(3):
            psi = _cnot(wire, (wire + 1) % 3) @ psi
    return float(np.vdot(psi, _on("Z", 3, 0) @ psi).real)


def test_classifier_scores(classifier: Program) -> None:
    """Its score is that of the product of the matrices."""
    for row in range(3):
        circuit = classifier(ROWS[row], WEIGHTS)
        assert_expectation(circuit, _score(row), classifier.observable)


Test = Callable[[Program], None]

TESTS: dict[str, tuple[Test, ...]] = {
    "GHZ": (test_ghz_is_all_or_nothing, test_ghz_is_coherent),
    "QFT": (
        test_qft_of_a_number_is_flat,
        test_qft_undone_finds_the_frequency,
        test_qft_is_the_matrix,
    ),
    "QAOA": (test_qaoa_samples, test_qaoa_cuts),
    "kernel": (
        test_kernel_of_equal_rows_is_one,
        test_kernel_is_the_overlap,
        test_kernel_of_the_origin_shows_the_map,
    ),
    "classifier": (test_classifier_scores,),
}
