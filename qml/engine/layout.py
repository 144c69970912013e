"""How a batch of states lies in memory, and the two things done to it: passes and products.

The array has shape (2 * 2**n, B). The top bit of a row's position tells the real from the imaginary
part; then come the wires of the block that acts next, then the others. So a block is one product of
real matrices from the left, and a pass moves long runs of consecutive numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp

from qml.engine.angles import Angles
from qml.engine.linear import PART, Monomial, Permutation
from qml.engine.walsh import synthesize


@dataclass(frozen=True, slots=True)
class State:
    """A batch of states.

    Attributes:
        array: (2 * 2**n, B), real: real parts, then imaginary parts.
        order: Wires by their bit in a position, most significant first.
    """

    array: Any
    order: tuple[int, ...]

    @property
    def wires(self) -> int:
        """Number of wires."""
        return len(self.order)

    @property
    def place(self) -> dict[int, int]:
        """Bit of a position that belongs to each wire."""
        return {wire: self.wires - 1 - i for i, wire in enumerate(self.order)}

    def parts(self) -> tuple[Any, Any]:
        """Real and imaginary parts, each (2**n, B)."""
        half = self.array.shape[0] // 2
        re, im = jax.lax.split(self.array, [half, half], 0)
        return re, im

    def before(self, block: Sequence[int]) -> tuple[int, ...]:
        """Order that a block needs: its wires first, the others as they are."""
        return (*block, *(wire for wire in self.order if wire not in block))

    def passed(self, order: tuple[int, ...], move: Monomial, angles: Angles) -> "State":
        """Carry out CNOTs and phases, and reorder the wires."""
        permutation = Permutation.between((PART, *self.order), (PART, *order), move.rows)
        state = State(permutation.gather(self.array), order)
        for batched in (False, True):
            terms = [term for term in move.terms if term.batched == batched]
            if terms:
                masks = [relabelled(term.mask, state.place) for term in terms]
                values = angles.values([term.angle for term in terms], batched=batched)
                state = state.phased(synthesize(masks, values, self.wires))
        return state

    def phased(self, phases: Any) -> "State":
        """Multiply by exp(i phases); `phases` is (2**n, 1) or (2**n, B)."""
        re, im = self.parts()
        cos, sin = jnp.cos(phases), jnp.sin(phases)
        array = jnp.concatenate([re * cos - im * sin, re * sin + im * cos])
        return State(array, self.order)

    def turned(self, unitary: Any) -> "State":
        """Multiply the first wires by a block in real form, (2K, 2K) = [[Re, -Im], [Im, Re]]."""
        size = unitary.shape[0]
        turned = unitary @ self.array.reshape(size, -1)
        return State(turned.reshape(self.array.shape), self.order)


def relabelled(mask: int, place: dict[int, int]) -> int:
    """Turn a mask of wires into a mask of bits of a position."""
    return sum(1 << bit for wire, bit in place.items() if mask >> wire & 1)
