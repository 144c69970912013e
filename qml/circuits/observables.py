"""What is measured: sums of Pauli strings, and the projector on |0...0>."""

from dataclasses import dataclass

from qml.errors import CircuitError


@dataclass(frozen=True, slots=True)
class Observable:
    """A real linear combination of Pauli strings.

    Attributes:
        terms: Pairs of a coefficient and a string; a string is a tuple of (wire, letter) sorted by
        wire,
            letters X, Y, Z; the empty string is the identity.
    """

    terms: tuple[tuple[float, tuple[tuple[int, str], ...]], ...]

    @property
    def diagonal(self) -> bool:
        """Whether every string is made of Z alone, so that counts in the computational basis do."""
        return all(letter == "Z" for _, string in self.terms for _, letter in string)

    def __str__(self) -> str:
        return " + ".join(
            (f"{c:g}*" if c != 1 else "") + ("".join(f"{p}{w}" for w, p in s) or "I")
            for c, s in self.terms
        )


@dataclass(frozen=True, slots=True)
class ZeroProjector:
    """The projector on |0...0>; its expectation is an overlap when a circuit is undone."""

    @property
    def diagonal(self) -> bool:
        """Counts in the computational basis do."""
        return True

    def __str__(self) -> str:
        return "|0><0|"


def pauli(letters: str, wires: tuple[int, ...], coefficient: float = 1.0) -> Observable:
    """Make a one-string observable, e.g. `pauli("ZX", (0, 3))`.

    Raises:
        CircuitError: Unlike lengths, a repeated wire or a letter other than I, X, Y, Z.
    """
    if len(letters) != len(wires) or len(set(wires)) != len(wires) or set(letters) - set("IXYZ"):
        raise CircuitError(f"not a Pauli string: `{letters}` on wires {wires}")
    string = tuple(sorted((w, p) for p, w in zip(letters, wires, strict=True) if p != "I"))
    return Observable(((coefficient, string),))


def z(wire: int) -> Observable:
    """Return Z on one wire."""
    return pauli("Z", (wire,))
