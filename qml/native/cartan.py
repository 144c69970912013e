"""The Cartan decomposition of a two-qubit gate.

Any two-qubit gate is (A (x) B) exp(-i pi sum_k c_k k (x) k) (C (x) D) with k = X, Y, Z, up to its
global phase: Khaneja and Glaser, Chem. Phys. 267, 11 (2001). It is found by diagonalising a
symmetric unitary in the magic basis, where A (x) B is real and the exponential is diagonal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qml.errors import QmlError
from qml.native.quaternions import NEGLIGIBLE, QUARTER, Quaternion, X, Y, Z, multiply, unit

Matrix = NDArray[np.complex128]
Pair = tuple[Quaternion, Quaternion]

PAULIS: Matrix = np.array(
    [[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]], dtype=np.complex128
)
_MAGIC: Matrix = np.array(
    [[1, 0, 0, 1j], [0, 1j, 1, 0], [0, 1j, -1, 0], [1, 0, 0, -1j]], dtype=np.complex128
) / np.sqrt(2)
# eigenvalues of XX, YY and ZZ on the magic basis, shape (3, 4)
_SIGNS = np.array([np.diag(_MAGIC.conj().T @ np.kron(p, p) @ _MAGIC).real for p in PAULIS])
_MIXTURES = (0.7310585786, 0.3775406688, 0.1192029220, 0.9)


@dataclass(frozen=True, slots=True)
class Cartan:
    """The gate (A (x) B) exp(-i pi sum_k c_k k (x) k) (C (x) D).

    Attributes:
        after: A and B.
        before: C and D.
        coordinates: Three c within [-1/4, 1/4], zero where they are rounding.
    """

    after: Pair
    before: Pair
    coordinates: tuple[float, ...]

    @classmethod
    def of(cls, after: Pair, before: Pair, coordinates: Iterable[float]) -> Self:
        """Bring coordinates into [-1/4, 1/4]: half a turn is a Pauli gate on both wires."""
        folded = []
        for axis, c in zip((X, Y, Z), coordinates, strict=True):
            halves = round(2 * c)
            if halves % 2:
                pauli = (0.0, *axis)
                after = (multiply(after[0], pauli), multiply(after[1], pauli))
            rest = c - halves / 2
            folded.append(rest if abs(rest) > NEGLIGIBLE else 0.0)
        return cls(after, before, tuple(folded))

    @property
    def rotations(self) -> int:
        """How many two-qubit rotations it takes."""
        return sum(c != 0 for c in self.coordinates)

    def swapped(self) -> "Cartan":
        """Return the gate followed by a SWAP, which is exp(-i pi/4 (XX + YY + ZZ))."""
        return Cartan.of(self.after[::-1], self.before, [c + QUARTER for c in self.coordinates])


def cartan(unitary: Matrix) -> Cartan:
    """Decompose a two-qubit gate, shape (4, 4), first wire most significant."""
    special = unitary / np.linalg.det(unitary) ** 0.25
    inner = _MAGIC.conj().T @ special @ _MAGIC
    symmetric = inner.T @ inner
    basis = _real_eigenvectors(symmetric)
    if np.linalg.det(basis) < 0:
        basis[:, 0] *= -1
    phases = np.angle(np.diag(basis.T @ symmetric @ basis)) / 2
    after = inner @ basis @ np.diag(np.exp(-1j * phases))
    if np.linalg.det(after).real < 0:
        phases[0] += np.pi
        after[:, 0] *= -1
    coordinates = -(_SIGNS @ phases) / (4 * np.pi)
    return Cartan.of(
        _factors(_MAGIC @ after @ _MAGIC.conj().T),
        _factors(_MAGIC @ basis.T @ _MAGIC.conj().T),
        coordinates.tolist(),
    )


def _real_eigenvectors(symmetric: Matrix) -> NDArray[np.float64]:
    """Diagonalise a symmetric unitary by a real orthogonal matrix.

    Its real and imaginary part commute. A mixture of both has their common eigenvectors, unless two
    eigenvalues meet by accident; then another mixture is taken.

    Raises:
        QmlError: No mixture gave them; the matrix is not a symmetric unitary.
    """
    for mixture in _MIXTURES:
        _, vectors = np.linalg.eigh(mixture * symmetric.real + (1 - mixture) * symmetric.imag)
        diagonal = vectors.T @ symmetric @ vectors
        if np.abs(diagonal - np.diag(np.diag(diagonal))).max() < NEGLIGIBLE:
            return vectors
    raise QmlError(f"a two-qubit block could not be decomposed: {symmetric.tolist()}")


def _factors(product: Matrix) -> Pair:
    """Split A (x) B into its factors."""
    tensor = product.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3)  # A's row and column, then B's
    row, column = np.unravel_index(np.argmax(np.abs(tensor).max(axis=(2, 3))), (2, 2))
    right = tensor[row, column]
    left = np.einsum("abcd,cd->ab", tensor, right.conj())
    return _quaternion(left), _quaternion(right)


def _quaternion(gate: Matrix) -> Quaternion:
    special = gate / np.linalg.det(gate) ** 0.5
    w = float(np.trace(special).real) / 2
    x, y, z = (float((1j * np.trace(p @ special)).real) / 2 for p in PAULIS)
    return unit((w, x, y, z))
