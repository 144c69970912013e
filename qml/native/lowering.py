"""Where gates go: a network under construction, with the wires of the source placed on its own."""

from qml.native.blocks import consolidate
from qml.native.network import Network
from qml.native.quaternions import QUARTER, Axis, Quaternion, X, Y, Z, multiply


class Lowering:
    """A network, and which of its wires holds which wire of the source.

    Args:
        wires: Number of wires.
        relabel: Whether a SWAP exchanges the names of two wires in place of gates.

    Attributes:
        network: What was added so far.
        places: For each wire of the source, the wire of the network that holds it now.
    """

    def __init__(self, wires: int, *, relabel: bool) -> None:
        self.network = Network(wires)
        self.places = list(range(wires))
        self._relabel = relabel

    def rotate(self, one: int, first: Axis, other: int, second: Axis, angle: float) -> None:
        """Add exp(-i pi angle first (x) second)."""
        places = self.places
        a, b = places[one], places[other]
        self.network.rotate(a, first, b, second, angle)
        if consolidate(self.network, a, b, relabel=self._relabel):
            places[one], places[other] = b, a

    def turn(self, wire: int, gate: Quaternion) -> None:
        """Add a one-qubit gate."""
        place = self.places[wire]
        self.network.frames[place] = multiply(gate, self.network.frames[place])

    def swap(self, one: int, other: int) -> None:
        """Add a SWAP."""
        if self._relabel:
            places = self.places
            places[one], places[other] = places[other], places[one]
        else:  # up to phase it is exp(-i pi/4 (XX + YY + ZZ)), and the three commute
            for axis in (X, Y, Z):
                self.rotate(one, axis, other, axis, QUARTER)
