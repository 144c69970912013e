"""Every gate as one-qubit gates and two-qubit rotations, up to its global phase.

A controlled gate |0><0| (x) I + |1><1| (x) e^(i phi) R_k(theta) is R_k(theta/2) on the target,
RZ(phi) on the control and exp(i theta/4 Z (x) k): one two-qubit rotation, whatever the axis k.
"""

from collections.abc import Callable, Sequence
from math import cos, isfinite, pi, sin

from qml.circuits import Circuit
from qml.errors import CircuitError
from qml.native.blocks import consolidate
from qml.native.network import Network
from qml.native.quaternions import Axis, Quaternion, X, Y, Z, about, about_z, multiply

Fixed = dict[str, Quaternion]
Params = Sequence[float]
R = 2**-0.5

FIXED: Fixed = {
    "x": (0.0, 1.0, 0.0, 0.0),
    "y": (0.0, 0.0, 1.0, 0.0),
    "z": (0.0, 0.0, 0.0, 1.0),
    "h": (0.0, R, 0.0, R),
    "s": about_z(pi / 2),
    "sdg": about_z(-pi / 2),
    "t": about_z(pi / 4),
    "tdg": about_z(-pi / 4),
    "sx": about(X, pi / 2),
    "sxdg": about(X, -pi / 2),
}
TURNED: dict[str, Callable[..., Quaternion]] = {
    "rx": lambda t: (cos(t / 2), sin(t / 2), 0.0, 0.0),
    "ry": lambda t: (cos(t / 2), 0.0, sin(t / 2), 0.0),
    "rz": about_z,
    "phase": about_z,
    "u3": lambda theta, phi, lam: multiply(about_z(phi), multiply(about(Y, theta), about_z(lam))),
    "gpi": lambda phi: (0.0, *_equator(phi)),
    "gpi2": lambda phi: about(_equator(phi), pi / 2),
}
# axis k, angle theta and phase phi of what the control switches on
CONTROLLED: dict[str, tuple[Axis, float, float]] = {
    "cnot": (X, pi, pi / 2),
    "cy": (Y, pi, pi / 2),
    "cz": (Z, pi, pi / 2),
    "ch": ((R, 0.0, R), pi, pi / 2),
}
CONTROLLED_ROTATIONS: dict[str, Axis] = {"crx": X, "cry": Y, "crz": Z}
PAIRS: dict[str, Axis] = {"rxx": X, "ryy": Y, "rzz": Z}
# ccz: Barenco et al., Phys. Rev. A 52, 3457 (1995), lemma 6.1, five two-qubit gates, the fewest
COMPOSED: dict[str, tuple[tuple[str, tuple[int, ...], tuple[float, ...]], ...]] = {
    "iswap": (("s", (0,), ()), ("s", (1,), ()), ("cz", (0, 1), ()), ("swap", (0, 1), ())),
    "iswapdg": (("sdg", (0,), ()), ("sdg", (1,), ()), ("cz", (0, 1), ()), ("swap", (0, 1), ())),
    # Barenco et al., Phys. Rev. A 52, 3457 (1995), lemma 6.1: five two-qubit gates, the fewest
    # there are
    "ccz": (
        ("cphase", (1, 2), (pi / 2,)),
        ("cnot", (0, 1), ()),
        ("cphase", (1, 2), (-pi / 2,)),
        ("cnot", (0, 1), ()),
        ("cphase", (0, 2), (pi / 2,)),
    ),
    "ccnot": (("h", (2,), ()), ("ccz", (0, 1, 2), ()), ("h", (2,), ())),
    "cswap": (("cnot", (2, 1), ()), ("ccnot", (0, 1, 2), ()), ("cnot", (2, 1), ())),
}


class Lowering:
    """Adds gates to a network.

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

    def add(self, name: str, wires: Sequence[int], params: Params) -> None:
        """Add one gate of the source.

        Args:
            name: A key of `qml.circuits.gates.GATES`.
            wires: Wires of the source.
            params: Angles, finite.

        Raises:
            CircuitError: The gate has no rule.
        """
        if name in FIXED:
            self.network.turn(self.places[wires[0]], FIXED[name])
        elif name in TURNED:
            self.network.turn(self.places[wires[0]], TURNED[name](*params))
        elif name in COMPOSED:
            for part, on, angles in COMPOSED[name]:
                self.add(part, [wires[i] for i in on], angles)
        elif name == "swap":
            self._swap(*wires)
        elif name != "id":
            self._entangle(name, self.places[wires[0]], self.places[wires[1]], params)

    def _entangle(self, name: str, one: int, other: int, params: Params) -> None:
        if name in CONTROLLED:
            self._controlled(one, other, *CONTROLLED[name])
        elif name in CONTROLLED_ROTATIONS:
            self._controlled(one, other, CONTROLLED_ROTATIONS[name], params[0], 0.0)
        elif name == "cphase":
            self._controlled(one, other, Z, params[0], params[0] / 2)
        elif name in PAIRS:
            self._rotate(one, PAIRS[name], other, PAIRS[name], params[0] / (2 * pi))
        elif name == "zz":
            self._rotate(one, Z, other, Z, params[0])
        elif name == "ms":
            self._rotate(one, _equator(params[0]), other, _equator(params[1]), params[2])
        else:
            raise CircuitError(f"gate `{name}` has no translation into trapped-ion gates")

    def _controlled(self, control: int, target: int, axis: Axis, theta: float, phi: float) -> None:
        self.network.turn(target, about(axis, theta / 2))  # commutes with the rotation
        if phi:
            self.network.turn(control, about_z(phi))
        self._rotate(control, Z, target, axis, -theta / (4 * pi))

    def _rotate(self, one: int, first: Axis, other: int, second: Axis, angle: float) -> None:
        self.network.rotate(one, first, other, second, angle)
        if consolidate(self.network, one, other, relabel=self._relabel):
            a, b = self.places.index(one), self.places.index(other)
            self.places[a], self.places[b] = other, one

    def _swap(self, one: int, other: int) -> None:
        places = self.places
        if self._relabel:
            places[one], places[other] = places[other], places[one]
            return
        for axis in (X, Y, Z):  # they commute; up to phase SWAP is exp(-i pi/4 (XX + YY + ZZ))
            self._rotate(places[one], axis, places[other], axis, 0.25)


def lower(circuit: Circuit, *, relabel: bool) -> Lowering:
    """Add all gates of a bound circuit.

    Raises:
        CircuitError: An angle is not a finite number, or a gate has no rule.
    """
    lowering = Lowering(circuit.wires, relabel=relabel)
    for gate in circuit.gates:
        params = [float(p) for p in gate.params] if gate.params else ()
        if not all(map(isfinite, params)):
            raise CircuitError(
                f"gate `{gate.name}` on wires {gate.wires} has the angles {params}",
                hint="only finite angles compile; look for an overflow where it is computed",
            )
        lowering.add(gate.name, gate.wires, params)
    return lowering


def _equator(phase: float) -> Axis:
    return (cos(2 * pi * phase), sin(2 * pi * phase), 0.0)
