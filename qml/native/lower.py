"""Every gate as one-qubit gates and two-qubit rotations, up to its global phase.

A controlled gate |0><0| (x) I + |1><1| (x) e^(i phi) R_k(theta) is R_k(theta/2) on the target,
RZ(phi) on the control and exp(i theta/4 Z (x) k): one two-qubit rotation, whatever the axis k.
"""

from collections.abc import Callable, Sequence
from math import cos, isfinite, pi, sin

from qml.circuits import Circuit, Gate
from qml.errors import CircuitError
from qml.native.blocks import consolidate
from qml.native.network import Network
from qml.native.quaternions import (
    Axis,
    Quaternion,
    X,
    Y,
    Z,
    about,
    about_z,
    multiply,
    then_x,
    then_y,
    then_z,
)

Wires = Sequence[int]
Params = Sequence[float]
R = 2**-0.5


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

    def add(self, name: str, wires: Wires, params: Params = ()) -> None:
        """Add one gate.

        Args:
            name: A key of `qml.circuits.gates.GATES`.
            wires: Wires of the source.
            params: Angles, finite.

        Raises:
            CircuitError: The gate has no rule.
        """
        try:
            rule = RULES[name]
        except KeyError:
            raise CircuitError(f"gate `{name}` has no translation into trapped-ion gates") from None
        rule(self, wires, params)

    def rotate(self, wires: Wires, first: Axis, second: Axis, angle: float) -> None:
        """Add exp(-i pi angle first (x) second)."""
        one, other = self.places[wires[0]], self.places[wires[1]]
        self.network.rotate(one, first, other, second, angle)
        if consolidate(self.network, one, other, relabel=self._relabel):
            a, b = self.places.index(one), self.places.index(other)
            self.places[a], self.places[b] = other, one

    def swap(self, wires: Wires, params: Params) -> None:
        """Add a SWAP."""
        del params
        one, other = wires
        if self._relabel:
            self.places[one], self.places[other] = self.places[other], self.places[one]
        else:  # up to phase it is exp(-i pi/4 (XX + YY + ZZ)), and the three commute
            for axis in (X, Y, Z):
                self.rotate(wires, axis, axis, 0.25)


Rule = Callable[[Lowering, Wires, Params], None]


def lower(circuit: Circuit, *, relabel: bool) -> Lowering:
    """Add all gates of a bound circuit.

    Raises:
        CircuitError: An angle is not a finite number, or a gate has no rule.
    """
    lowering = Lowering(circuit.wires, relabel=relabel)
    for gate in circuit.gates:
        lowering.add(gate.name, gate.wires, _numbers(gate) if gate.params else ())
    return lowering


def _numbers(gate: Gate) -> Params:
    found = [float(p) for p in gate.params]
    if not all(map(isfinite, found)):
        raise CircuitError(
            f"gate `{gate.name}` on wires {gate.wires} has the angles {found}",
            hint="only finite angles compile; look for an overflow where it is computed",
        )
    return found


def _nothing(lowering: Lowering, wires: Wires, params: Params) -> None:
    del lowering, wires, params


def _turn(gate: Quaternion) -> Rule:
    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        del params
        frames, place = lowering.network.frames, lowering.places[wires[0]]
        frames[place] = multiply(gate, frames[place])

    return add


def _turn_by(apply: Callable[..., Quaternion]) -> Rule:
    """A one-qubit gate `apply(*params, frame)`."""

    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        frames, place = lowering.network.frames, lowering.places[wires[0]]
        frames[place] = apply(*params, frames[place])

    return add


def _u3(theta: float, phi: float, lam: float, frame: Quaternion) -> Quaternion:
    return then_z(phi, then_y(theta, then_z(lam, frame)))


def _gpi(phase: float, frame: Quaternion) -> Quaternion:
    return multiply((0.0, *_equator(phase)), frame)


def _gpi2(phase: float, frame: Quaternion) -> Quaternion:
    return multiply(about(_equator(phase), pi / 2), frame)


def _pair(axis: Axis, unit: float) -> Rule:
    """A rotation by its parameter in `unit` about one axis on both wires."""

    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        lowering.rotate(wires, axis, axis, params[0] / unit)

    return add


def _ms(lowering: Lowering, wires: Wires, params: Params) -> None:
    lowering.rotate(wires, _equator(params[0]), _equator(params[1]), params[2])


def _controlled(axis: Axis) -> Rule:
    """A controlled e^(i pi/2) R_axis(pi), which is the Pauli operator of the axis."""

    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        del params
        _control(lowering, wires, axis, pi, pi / 2)

    return add


def _controlled_by(axis: Axis, share: float) -> Rule:
    """A controlled e^(i share t) R_axis(t), where t is the parameter."""

    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        _control(lowering, wires, axis, params[0], share * params[0])

    return add


def _control(lowering: Lowering, wires: Wires, axis: Axis, theta: float, phi: float) -> None:
    """Add a controlled e^(i phi) R_axis(theta): its three parts commute."""
    frames = lowering.network.frames
    control, target = lowering.places[wires[0]], lowering.places[wires[1]]
    frames[control] = then_z(phi, frames[control])
    frames[target] = multiply(about(axis, theta / 2), frames[target])
    lowering.rotate(wires, Z, axis, -theta / (4 * pi))


def _composed(*parts: tuple[str, tuple[int, ...], tuple[float, ...]]) -> Rule:
    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        del params
        for name, on, angles in parts:
            lowering.add(name, [wires[i] for i in on], angles)

    return add


def _equator(phase: float) -> Axis:
    return (cos(2 * pi * phase), sin(2 * pi * phase), 0.0)


RULES: dict[str, Rule] = {
    "id": _nothing,
    "x": _turn((0.0, 1.0, 0.0, 0.0)),
    "y": _turn((0.0, 0.0, 1.0, 0.0)),
    "z": _turn((0.0, 0.0, 0.0, 1.0)),
    "h": _turn((0.0, R, 0.0, R)),
    "s": _turn(about_z(pi / 2)),
    "sdg": _turn(about_z(-pi / 2)),
    "t": _turn(about_z(pi / 4)),
    "tdg": _turn(about_z(-pi / 4)),
    "sx": _turn(about(X, pi / 2)),
    "sxdg": _turn(about(X, -pi / 2)),
    "rx": _turn_by(then_x),
    "ry": _turn_by(then_y),
    "rz": _turn_by(then_z),
    "phase": _turn_by(then_z),
    "u3": _turn_by(_u3),
    "gpi": _turn_by(_gpi),
    "gpi2": _turn_by(_gpi2),
    "cnot": _controlled(X),
    "cy": _controlled(Y),
    "cz": _controlled(Z),
    "ch": _controlled((R, 0.0, R)),
    "crx": _controlled_by(X, 0.0),
    "cry": _controlled_by(Y, 0.0),
    "crz": _controlled_by(Z, 0.0),
    "cphase": _controlled_by(Z, 0.5),
    "rxx": _pair(X, 2 * pi),
    "ryy": _pair(Y, 2 * pi),
    "rzz": _pair(Z, 2 * pi),
    "zz": _pair(Z, 1.0),
    "ms": _ms,
    "swap": Lowering.swap,
    "iswap": _composed(("s", (0,), ()), ("s", (1,), ()), ("cz", (0, 1), ()), ("swap", (0, 1), ())),
    "iswapdg": _composed(
        ("sdg", (0,), ()), ("sdg", (1,), ()), ("cz", (0, 1), ()), ("swap", (0, 1), ())
    ),
    # Barenco et al., Phys. Rev. A 52, 3457 (1995), lemma 6.1: five two-qubit gates, the fewest
    "ccz": _composed(
        ("cphase", (1, 2), (pi / 2,)),
        ("cnot", (0, 1), ()),
        ("cphase", (1, 2), (-pi / 2,)),
        ("cnot", (0, 1), ()),
        ("cphase", (0, 2), (pi / 2,)),
    ),
    "ccnot": _composed(("h", (2,), ()), ("ccz", (0, 1, 2), ()), ("h", (2,), ())),
    "cswap": _composed(("cnot", (2, 1), ()), ("ccnot", (0, 1, 2), ()), ("cnot", (2, 1), ())),
}
