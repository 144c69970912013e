"""How a batch of states lies in memory.

`rows`: (2 * 2**n, B), the real and imaginary parts on top, then the bits of the block that comes
next. Best for many rows, since all moves copy whole runs of B numbers.
`columns`: (B, 2 * 2**n), part and block at the end, since products from the right are faster.
Best for few rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp

from qml.engine.linear import PART, Monomial, Permutation
from qml.engine.walsh import synthesize

_MANY_ROWS = 16


@dataclass(frozen=True, slots=True)
class State:
    """A batch of states.

    Attributes:
        array: (2 * 2**n, B) if `rows`, else (B, 2 * 2**n); real.
        labels: For each bit of a position, top first, its wire, or `PART`.
        rows: Which of the two layouts.
    """

    array: Any
    labels: tuple[int, ...]
    rows: bool

    @classmethod
    def of(cls, psi: Any) -> "State":
        """Lay out states (2**n, B), complex, wire 0 most significant."""
        wires = psi.shape[0].bit_length() - 1
        labels = (PART, *range(wires))
        both = jnp.concatenate([jnp.real(psi), jnp.imag(psi)])
        rows = psi.shape[1] >= _MANY_ROWS
        return cls(both if rows else both.T, labels, rows)

    @property
    def batch(self) -> int:
        """Number of rows of the batch."""
        return int(self.array.shape[1 if self.rows else 0])

    @property
    def order(self) -> tuple[int, ...]:
        """Wires, most significant first."""
        return tuple(label for label in self.labels if label != PART)

    def for_block(self, block: Sequence[int]) -> tuple[int, ...]:
        """Labels in which the wires of the block are next to the part."""
        rest = [wire for wire in self.order if wire not in block]
        return (PART, *block, *rest) if self.rows else (*rest, PART, *block)

    def moved(self, labels: tuple[int, ...], rows: Sequence[int]) -> "State":
        """Permute the basis states and reorder the wires in one pass."""
        permutation = Permutation.between(self.labels, labels, rows)
        return State(permutation.gather(self.array, 0 if self.rows else 1), labels, self.rows)

    def turned(self, unitary: Any) -> "State":
        """Multiply by a block matrix in real form, on the wires next to the part."""
        size = unitary.shape[0]
        if self.rows:
            new = unitary @ self.array.reshape(size, -1)
        else:
            new = self.array.reshape(-1, size) @ unitary.T
        return State(new.reshape(self.array.shape), self.labels, self.rows)

    def phased(self, phases: Any) -> "State":
        """Multiply by exp(i phases); `phases` is (2**n,) or (2**n, B) in the order of the wires."""
        re, im = self.parts()
        if phases.ndim == 1:
            phases = phases[:, None] if self.rows else phases[None]
        elif not self.rows:
            phases = phases.T
        cos, sin = jnp.cos(phases), jnp.sin(phases)
        return self.joined(re * cos - im * sin, re * sin + im * cos)

    def parts(self) -> tuple[Any, Any]:
        """Real and imaginary parts, (2**n, B) if `rows`, else (B, 2**n), wires in their order."""
        if self.rows:
            half = self.array.shape[0] // 2
            re, im = jax.lax.split(self.array, [half, half], 0)
            return re, im
        re, im = jax.lax.split(self._cut(self.array), [1, 1], 2)
        return re.reshape(self.batch, -1), im.reshape(self.batch, -1)

    def joined(self, re: Any, im: Any) -> "State":
        """Replace the numbers, given as `parts` returns them."""
        if self.rows:
            return State(jnp.concatenate([re, im]), self.labels, self.rows)
        block = 1 << (len(self.labels) - 1 - self.labels.index(PART))
        shape = (self.batch, -1, block)
        both = jnp.stack([re.reshape(shape), im.reshape(shape)], axis=2)
        return State(both.reshape(self.batch, -1), self.labels, self.rows)

    def _cut(self, array: Any) -> Any:
        block = 1 << (len(self.labels) - 1 - self.labels.index(PART))
        return array.reshape(self.batch, -1, 2, block)


def apply_monomial(state: State, labels: tuple[int, ...], move: Monomial, angles: Any) -> State:
    """Carry out a permutation and phases, ending with the bits in the order of `labels`."""
    state = state.moved(labels, move.rows)
    place = {wire: len(state.order) - 1 - i for i, wire in enumerate(state.order)}
    for batched in (False, True):
        terms = [t for t in move.terms if t.batched == batched]
        if terms:
            masks = [_relabelled(t.mask, place) for t in terms]
            values = angles.values([t.angle for t in terms], batched=batched)
            state = state.phased(synthesize(masks, values, len(place)))
    return state


def _relabelled(mask: int, place: dict[int, int]) -> int:
    return sum(1 << bit for wire, bit in place.items() if mask >> wire & 1)
