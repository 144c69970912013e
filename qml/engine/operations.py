"""The three kinds of operations that every gate is rewritten into.

* `Local`: a 2x2 unitary on one wire,
* `Flip`: a CNOT, which permutes the basis states linearly over GF(2),
* `Phase`: exp(i c s(x)), where s(x) = +-1 is the parity of some bits of the basis state x.

Flips and phases between two dense operations merge into one pass over the state, whatever their
number (the phase polynomials of Amy, Maslov and Mosca, arXiv:1303.2042).
"""

from typing import NamedTuple


class Angle(NamedTuple):
    """The affine function scale * angles[slot] + offset; a constant where `slot` is None."""

    slot: int | None
    scale: float
    offset: float

    def times(self, factor: float) -> "Angle":
        """Multiply by a number."""
        return Angle(self.slot, self.scale * factor, self.offset * factor)


def constant(value: float) -> Angle:
    """Make an angle that depends on nothing."""
    return Angle(None, 0.0, value)


class Factor(NamedTuple):
    """A one-qubit gate by name."""

    name: str
    params: tuple[Angle, ...]


class Local(NamedTuple):
    """A run of one-qubit gates on one wire, first in time first."""

    wire: int
    factors: tuple[Factor, ...]

    @property
    def wires(self) -> tuple[int, ...]:
        """The one wire."""
        return (self.wire,)


class Flip(NamedTuple):
    """A CNOT."""

    control: int
    target: int

    @property
    def wires(self) -> tuple[int, ...]:
        """Control and target."""
        return (self.control, self.target)


class Phase(NamedTuple):
    """exp(i angle s), s the parity sign of the wires; a global phase where there are none.

    `batched` says that the angle depends on the inputs.
    """

    wires: tuple[int, ...]
    angle: Angle
    batched: bool


Operation = Local | Flip | Phase
