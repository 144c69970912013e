"""Every gate as one-qubit gates and two-qubit rotations, up to its global phase.

A controlled gate |0><0| (x) I + |1><1| (x) e^(i phi) R_k(theta) is R_k(theta/2) on the target,
RZ(phi) on the control and exp(i theta/4 Z (x) k): one two-qubit rotation, whatever the axis k.
"""

from collections.abc import Callable, Sequence
from math import cos, pi, sin

from qml.native.lowering import Lowering
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
Rule = Callable[[Lowering, Wires, Params], None]
R = 2**-0.5


def _nothing(lowering: Lowering, wires: Wires, params: Params) -> None:
    del lowering, wires, params


def _turn(gate: Quaternion) -> Rule:
    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        del params
        lowering.turn(wires[0], gate)

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
        lowering.rotate(wires[0], axis, wires[1], axis, params[0] / unit)

    return add


def _ms(lowering: Lowering, wires: Wires, params: Params) -> None:
    first, second = _equator(params[0]), _equator(params[1])
    lowering.rotate(wires[0], first, wires[1], second, params[2])


def _swap(lowering: Lowering, wires: Wires, params: Params) -> None:
    del params
    lowering.swap(*wires)


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
    control, target = wires
    lowering.turn(control, about_z(phi))
    lowering.turn(target, about(axis, theta / 2))
    lowering.rotate(control, Z, target, axis, -theta / (4 * pi))


def _composed(*parts: tuple[str, tuple[int, ...], tuple[float, ...]]) -> Rule:
    def add(lowering: Lowering, wires: Wires, params: Params) -> None:
        del params
        for name, on, angles in parts:
            RULES[name](lowering, [wires[i] for i in on], angles)

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
    "swap": _swap,
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
