"""A frozen list of gates on numbered wires, free of any SDK."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from qml.circuits.gates import spec
from qml.errors import CircuitError
from qml.files import digest_json


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate.

    Attributes:
        name: A key of `qml.circuits.gates.GATES`.
        wires: Wires it acts on; the first is the most significant of its matrix, controls come
        first.
        params: Angles in radians (turns for `gpi`, `gpi2`, `ms`, `zz`); numbers or traced JAX
        scalars.
    """

    name: str
    wires: tuple[int, ...]
    params: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        known = spec(self.name)
        if len(self.wires) != known.wires or len(self.params) != known.params:
            raise CircuitError(
                f"gate `{self.name}` takes {known.wires} wires and {known.params} parameters, "
                f"got {len(self.wires)} and {len(self.params)}"
            )
        if len(set(self.wires)) != len(self.wires):
            raise CircuitError(f"gate `{self.name}` acts twice on one wire: {self.wires}")


@dataclass(frozen=True, slots=True)
class Circuit:
    """Gates in order of time on wires 0 to `wires` - 1, starting from |0...0>.

    Attributes:
        wires: Number of wires.
        gates: Gates, first one first.
        verbatim: The gates are a machine's own, and no compiler may merge, move or drop any: gates
            that were folded to make an error larger would cancel.
    """

    wires: int
    gates: tuple[Gate, ...]
    verbatim: bool = False

    @classmethod
    def of(cls, wires: int, gates: Iterable[Gate]) -> Self:
        """Build a circuit and check that every gate lies on its wires.

        Raises:
            CircuitError: A gate names a wire outside the circuit.
        """
        listed = tuple(gates)
        for gate in listed:
            if not all(0 <= wire < wires for wire in gate.wires):
                raise CircuitError(
                    f"gate `{gate.name}` acts on wires {gate.wires} of a circuit of {wires} wires"
                )
        return cls(wires, listed)

    def __add__(self, other: "Circuit") -> "Circuit":
        """Run `other` after this circuit, on the wider of both registers."""
        verbatim = self.verbatim or other.verbatim
        return Circuit(max(self.wires, other.wires), self.gates + other.gates, verbatim)

    @property
    def digest(self) -> str:
        """SHA-256 over the bound circuit; parameters enter with all their bits."""
        return digest_json(
            [
                self.wires,
                [[g.name, list(g.wires), [float(p).hex() for p in g.params]] for g in self.gates],
                *(["verbatim"] if self.verbatim else []),
            ]
        )

    def inverse(self) -> "Circuit":
        """Return the adjoint circuit."""
        from qml.circuits.gates import adjoint

        return Circuit(
            self.wires,
            tuple(
                Gate(name, g.wires, params)
                for g in reversed(self.gates)
                for name, params in [adjoint(g.name, g.params)]
            ),
        )
