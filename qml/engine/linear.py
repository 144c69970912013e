"""Permutations of basis states that are linear over GF(2): CNOTs and reordered wires.

A position in the state is a string of bits; each bit belongs to a wire, or to `PART`, which tells
the real from the imaginary part. Masks are integers in which bit w stands for wire w.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.engine.gather import take
from qml.engine.operations import Angle, Flip, Phase

PART = -1
_LARGEST_CONSTANT = 2**16


class Term(NamedTuple):
    """exp(i angle s(y)) with s the parity sign of the bits in `mask`."""

    mask: int
    angle: Angle
    batched: bool


class Monomial(NamedTuple):
    """Permute, then turn: psi'(y) = exp(i terms(y)) psi(x) with x_w = parity(rows[w] & y)."""

    rows: tuple[int, ...]
    terms: tuple[Term, ...]


def monomial(operations: Sequence[Flip | Phase], wires: int) -> Monomial:
    """Merge CNOTs and phases, first in time first."""
    masks = [1 << wire for wire in range(wires)]
    angles: list[tuple[Angle, bool]] = []
    for operation in operations:
        if isinstance(operation, Phase):
            masks.append(sum(1 << wire for wire in operation.wires))
            angles.append((operation.angle, operation.batched))
        else:
            masks = [_through(mask, operation) for mask in masks]
    terms = (Term(m, a, b) for m, (a, b) in zip(masks[wires:], angles, strict=True))
    return Monomial(tuple(masks[:wires]), tuple(terms))


def pull_back(mask: int, operations: Sequence[Flip | Phase]) -> int:
    """Turn a parity of the bits after the operations into one of the bits before them."""
    for operation in reversed(operations):
        if isinstance(operation, Flip):
            mask = _through(mask, operation)
    return mask


def _through(mask: int, flip: Flip) -> int:
    return mask ^ (1 << flip.control) if mask >> flip.target & 1 else mask


class Permutation(NamedTuple):
    """A gather: entry p of the result is entry XOR(columns[j] for bits j of p) of the source."""

    columns: tuple[int, ...]

    @classmethod
    def between(
        cls, source: Sequence[int], target: Sequence[int], rows: Sequence[int]
    ) -> "Permutation":
        """Map positions labelled by `target` to those of `source` (labels: top bit first)."""
        place = {label: len(source) - 1 - i for i, label in enumerate(source)}
        columns = []
        for label in reversed(target):
            if label == PART:
                columns.append(1 << place[PART])
                continue
            reads = [w for w, row in enumerate(rows) if row >> label & 1]
            columns.append(sum(1 << place[w] for w in reads))
        return cls(tuple(columns))

    @property
    def identity(self) -> bool:
        """Whether nothing moves."""
        return all(column == 1 << j for j, column in enumerate(self.columns))

    def inverse(self) -> "Permutation":
        """Invert by elimination over GF(2)."""
        size = len(self.columns)
        rows = [column | 1 << (size + j) for j, column in enumerate(self.columns)]
        for bit in range(size):
            pivot = next(j for j in range(bit, size) if rows[j] >> bit & 1)
            rows[bit], rows[pivot] = rows[pivot], rows[bit]
            for j in range(size):
                if j != bit and rows[j] >> bit & 1:
                    rows[j] ^= rows[bit]
        return Permutation(tuple(row >> size for row in rows))

    def positions(self) -> NDArray[np.int32]:
        """All source positions, shape (2**bits,)."""
        return _span(self.columns)

    @property
    def still(self) -> int:
        """How many of the lowest bits stay and influence nothing: runs of 2**still entries."""
        bit = 0
        while (
            bit < len(self.columns)
            and all((column >> bit & 1) == (j == bit) for j, column in enumerate(self.columns))
            and self.columns[bit] == 1 << bit
        ):
            bit += 1
        return bit

    def gather(self, array: Any) -> Any:
        """Permute the rows of (2**bits, B); reverse-mode derivatives are gathers too."""
        if self.identity:
            return array
        run = self.still
        outer = Permutation(tuple(column >> run for column in self.columns[run:]))
        moved = outer._gather(array.reshape(1 << len(outer.columns), -1))
        return moved.reshape(array.shape)

    def _gather(self, array: Any) -> Any:
        inverse = self.inverse()

        @jax.custom_vjp  # type: ignore[untyped-decorator]
        def apply(value: Any) -> Any:
            return take(value, _index(self))

        apply.defvjp(
            lambda value: (apply(value), None),
            lambda _, g: (inverse.gather(g),),
        )
        return apply(array)


def _index(permutation: Permutation) -> Any:
    """The index array; a large one is put together on the fly, to keep programs small."""
    columns = permutation.columns
    if 1 << len(columns) <= _LARGEST_CONSTANT:
        return permutation.positions()
    half = len(columns) // 2
    low, high = jax.lax.optimization_barrier(
        (jnp.asarray(_span(columns[:half])), jnp.asarray(_span(columns[half:])))
    )
    return (high[:, None] ^ low[None, :]).reshape(-1)


def _span(columns: Sequence[int]) -> NDArray[np.int32]:
    found = np.zeros(1, dtype=np.int32)
    for column in columns:
        found = np.concatenate([found, found ^ column])
    return found.astype(np.int32)
