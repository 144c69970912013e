"""Gates that PennyLane's simulators lack, written as gates they have, up to a global phase.

Neither simulator models noise, so the number of gates is free to change. Every parameter of the
result is the only parameter of its gate, which adjoint differentiation needs.
"""

from collections.abc import Callable, Iterator
from math import pi
from typing import Any

from qml.circuits import Circuit, Gate
from qml.circuits.gates import TURN

Wires = tuple[int, ...]


def lower(circuit: Circuit) -> Circuit:
    """Rewrite a circuit; parameters may be traced."""
    return Circuit(circuit.wires, tuple(g for gate in circuit.gates for g in _rewrite(gate)))


def _rewrite(gate: Gate) -> Iterator[Gate]:
    rule = _RULES.get(gate.name)
    if rule is None:
        yield gate
    else:
        yield from rule(gate.wires, *gate.params)


def _u3(wires: Wires, theta: Any, phi: Any, lam: Any) -> list[Gate]:
    return [Gate("rz", wires, (lam,)), Gate("ry", wires, (theta,)), Gate("rz", wires, (phi,))]


def _gpi(wires: Wires, phi: Any) -> list[Gate]:
    angle = TURN * phi
    return [Gate("rz", wires, (-angle,)), Gate("x", wires), Gate("rz", wires, (angle,))]


def _gpi2(wires: Wires, phi: Any) -> list[Gate]:
    angle = TURN * phi
    middle = Gate("rx", wires, (pi / 2,))
    return [Gate("rz", wires, (-angle,)), middle, Gate("rz", wires, (angle,))]


def _ms(wires: Wires, phi0: Any, phi1: Any, angle: Any) -> list[Gate]:
    turns = [((w,), TURN * p) for w, p in zip(wires, (phi0, phi1), strict=True)]
    before = [Gate("rz", w, (-t,)) for w, t in turns]
    after = [Gate("rz", w, (t,)) for w, t in turns]
    return [*before, Gate("rxx", wires, (TURN * angle,)), *after]


def _zz(wires: Wires, angle: Any) -> list[Gate]:
    return [Gate("rzz", wires, (TURN * angle,))]


def _ch(wires: Wires) -> list[Gate]:
    target = wires[1:]
    return [
        Gate("ry", target, (-pi / 4,)),
        Gate("cz", wires),
        Gate("ry", target, (pi / 4,)),
    ]


def _ccz(wires: Wires) -> list[Gate]:
    target = wires[2:]
    return [Gate("h", target), Gate("ccnot", wires), Gate("h", target)]


def _exchange(angle: float) -> Callable[[Wires], list[Gate]]:
    return lambda wires: [Gate("rxx", wires, (angle,)), Gate("ryy", wires, (angle,))]


def _single(name: str, angle: float) -> Callable[[Wires], list[Gate]]:
    return lambda wires: [Gate(name, wires, (angle,))]


_RULES: dict[str, Callable[..., list[Gate]]] = {
    "sdg": _single("phase", -pi / 2),
    "tdg": _single("phase", -pi / 4),
    "sxdg": _single("rx", -pi / 2),
    "u3": _u3,
    "ch": _ch,
    "iswap": _exchange(-pi / 2),
    "iswapdg": _exchange(pi / 2),
    "ccz": _ccz,
    "gpi": _gpi,
    "gpi2": _gpi2,
    "ms": _ms,
    "zz": _zz,
}
