"""Gates of ours in terms of gates that every vendor knows, up to a global phase.

For machines whose vendor compiles and does not bill gates, where a longer spelling costs nothing,
and for those that are not to be compiled here.
"""

from collections.abc import Callable, Iterator
from math import pi

from qml.circuits import Gate
from qml.circuits.gates import TURN

BASIS = frozenset(
    {"id", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "rx", "ry", "rz", "phase"}
    | {"cnot", "cz", "swap"}
)

Rule = Callable[..., list[Gate]]


def lower(gate: Gate, known: frozenset[str] = BASIS) -> Iterator[Gate]:
    """Spell a gate in the known ones, in order of time."""
    if gate.name in known:
        yield gate
        return
    params = [float(p) for p in gate.params]
    for part in _RULES[gate.name](*gate.wires, *params):
        yield from lower(part, known)


def _g(name: str, *wires: int) -> Gate:
    return Gate(name, wires)


def _r(name: str, angle: float, *wires: int) -> Gate:
    return Gate(name, wires, (angle,))


def _u3(w: int, theta: float, phi: float, lam: float) -> list[Gate]:
    return [_r("rz", lam, w), _r("ry", theta, w), _r("rz", phi, w)]


def _gpi(w: int, turns: float) -> list[Gate]:
    """GPI(f) = RZ(2f) X, with f as an angle."""
    return [_g("x", w), _r("rz", 2 * TURN * turns, w)]


def _gpi2(w: int, turns: float) -> list[Gate]:
    """GPI2(f) = RZ(f) RX(pi/2) RZ(-f)."""
    return [_r("rz", -TURN * turns, w), _r("rx", pi / 2, w), _r("rz", TURN * turns, w)]


def _ms(a: int, b: int, first: float, second: float, angle: float) -> list[Gate]:
    """MS(f, g) is RXX in axes turned by f and g about Z."""
    before = [_r("rz", -TURN * first, a), _r("rz", -TURN * second, b)]
    after = [_r("rz", TURN * first, a), _r("rz", TURN * second, b)]
    return [*before, _r("rxx", TURN * angle, a, b), *after]


def _rzz(a: int, b: int, t: float) -> list[Gate]:
    return [_g("cnot", a, b), _r("rz", t, b), _g("cnot", a, b)]


def _rxx(a: int, b: int, t: float) -> list[Gate]:
    turned = [_g("h", a), _g("h", b)]
    return [*turned, _r("rzz", t, a, b), *turned]


def _ryy(a: int, b: int, t: float) -> list[Gate]:
    before = [_r("rx", pi / 2, a), _r("rx", pi / 2, b)]
    after = [_r("rx", -pi / 2, a), _r("rx", -pi / 2, b)]
    return [*before, _r("rzz", t, a, b), *after]


def _crz(c: int, w: int, t: float) -> list[Gate]:
    return [_r("rz", t / 2, w), _r("rzz", -t / 2, c, w)]


def _crx(c: int, w: int, t: float) -> list[Gate]:
    return [_g("h", w), _r("crz", t, c, w), _g("h", w)]


def _cry(c: int, w: int, t: float) -> list[Gate]:
    return [_r("rx", pi / 2, w), _r("crz", t, c, w), _r("rx", -pi / 2, w)]


def _cphase(c: int, w: int, t: float) -> list[Gate]:
    return [_r("phase", t / 2, c), _r("crz", t, c, w)]


def _ch(c: int, w: int) -> list[Gate]:
    return [_r("ry", -pi / 4, w), _g("cz", c, w), _r("ry", pi / 4, w)]


def _iswap(a: int, b: int) -> list[Gate]:
    return [_r("rxx", -pi / 2, a, b), _r("ryy", -pi / 2, a, b)]


def _iswapdg(a: int, b: int) -> list[Gate]:
    return [_r("rxx", pi / 2, a, b), _r("ryy", pi / 2, a, b)]


def _ccz(a: int, b: int, w: int) -> list[Gate]:
    """Six CNOTs: Nielsen and Chuang, figure 4.9, without its outer H."""
    return [
        _g("cnot", b, w),
        _g("tdg", w),
        _g("cnot", a, w),
        _g("t", w),
        _g("cnot", b, w),
        _g("tdg", w),
        _g("cnot", a, w),
        _g("t", b),
        _g("t", w),
        _g("cnot", a, b),
        _g("t", a),
        _g("tdg", b),
        _g("cnot", a, b),
    ]


_RULES: dict[str, Rule] = {
    "phase": lambda w, t: [_r("rz", t, w)],
    "cz": lambda c, w: [_g("h", w), _g("cnot", c, w), _g("h", w)],
    "sx": lambda w: [_r("rx", pi / 2, w)],
    "sxdg": lambda w: [_r("rx", -pi / 2, w)],
    "u3": _u3,
    "gpi": _gpi,
    "gpi2": _gpi2,
    "ms": _ms,
    "zz": lambda a, b, angle: [_r("rzz", TURN * angle, a, b)],
    "rxx": _rxx,
    "ryy": _ryy,
    "rzz": _rzz,
    "crx": _crx,
    "cry": _cry,
    "crz": _crz,
    "cphase": _cphase,
    "ch": _ch,
    "cy": lambda c, w: [_g("sdg", w), _g("cnot", c, w), _g("s", w)],
    "iswap": _iswap,
    "iswapdg": _iswapdg,
    "ccz": _ccz,
    "ccnot": lambda a, b, w: [_g("h", w), _g("ccz", a, b, w), _g("h", w)],
    "cswap": lambda c, a, b: [_g("cnot", b, a), _g("ccnot", c, a, b), _g("cnot", b, a)],
}
