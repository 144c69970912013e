"""How each gate becomes one-qubit gates, CNOTs and phases; exactly, global phases too."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import pi
from typing import NamedTuple

from qml.circuits.gates import TURN
from qml.engine.operations import Angle, Factor, Flip, Local, Operation, Phase, constant

Wires = tuple[int, ...]
Params = tuple[Angle, ...]


class Step(NamedTuple):
    """A gate of the gate set, or one of the diagonal gates named here."""

    name: str
    wires: Wires
    params: Params = ()


Rule = Callable[[Wires, Params], Iterator[Step]]


def expand(step: Step, on_inputs: Sequence[bool]) -> Iterator[Operation]:
    """Rewrite a gate.

    Args:
        step: The gate.
        on_inputs: For each slot, whether it depends on the inputs; such angles end up in phases.
    """
    batched = any(p.slot is not None and on_inputs[p.slot] for p in step.params)
    if step.name == "cnot":
        yield Flip(*step.wires)
    elif step.name in DIAGONAL and (batched or len(step.wires) != 1):
        yield from phases(step, batched=batched)
    elif len(step.wires) == 1 and not batched:
        yield Local(step.wires[0], (Factor(step.name, step.params),))
    else:
        for inner in _RULES[step.name](step.wires, step.params):
            yield from expand(inner, on_inputs)


def phases(step: Step, *, batched: bool = False) -> Iterator[Phase]:
    """Write a diagonal gate as phases."""
    angle = step.params[0] if step.params else constant(1.0)
    for subset, factor in DIAGONAL[step.name].items():
        yield Phase(tuple(step.wires[i] for i in subset), angle.times(factor), batched)


def _projector(angle: float, wires: int) -> dict[Wires, float]:
    """Signs of exp(i angle |1...1><1...1|)."""
    return {
        subset: angle * (-1) ** size / 2**wires
        for size in range(wires + 1)
        for subset in combinations(range(wires), size)
    }


# Diagonal gates: for each parity, the factor of the parameter (of 1 where there is none).
DIAGONAL: dict[str, dict[Wires, float]] = {
    "id": {},
    "z": _projector(pi, 1),
    "s": _projector(pi / 2, 1),
    "sdg": _projector(-pi / 2, 1),
    "t": _projector(pi / 4, 1),
    "tdg": _projector(-pi / 4, 1),
    "rz": {(0,): -0.5},
    "phase": _projector(1.0, 1),
    "cz": _projector(pi, 2),
    "ccz": _projector(pi, 3),
    "cphase": _projector(1.0, 2),
    "crz": {(1,): -0.25, (0, 1): 0.25},
    "rzz": {(0, 1): -0.5},
    "zz": {(0, 1): -pi},
    "half_global": {(): 0.5},
    "phase_of_iswap": {(): pi / 4, (0, 1): -pi / 4},
    "phase_of_iswapdg": {(): -pi / 4, (0, 1): pi / 4},
}


def _between(before: Sequence[str], inner: str, after: Sequence[str], on: Sequence[int]) -> Rule:
    """Put fixed one-qubit gates on the wires `on` around a gate."""

    def rule(wires: Wires, params: Params) -> Iterator[Step]:
        yield from (Step(name, (wires[i],)) for i in on for name in before)
        yield Step(inner, wires, params)
        yield from (Step(name, (wires[i],)) for i in on for name in after)

    return rule


def _u3(wires: Wires, params: Params) -> Iterator[Step]:
    theta, phi, lam = params
    yield Step("rz", wires, (lam,))
    yield Step("ry", wires, (theta,))
    yield Step("rz", wires, (phi,))
    yield Step("half_global", (), (phi,))
    yield Step("half_global", (), (lam,))


def _swap(wires: Wires, _: Params) -> Iterator[Step]:
    for pair in (wires, wires[::-1], wires):
        yield Step("cnot", pair)


def _cswap(wires: Wires, _: Params) -> Iterator[Step]:
    control, a, b = wires
    yield Step("cnot", (b, a))
    yield Step("ccnot", (control, a, b))
    yield Step("cnot", (b, a))


def _ch(wires: Wires, _: Params) -> Iterator[Step]:
    yield Step("ry", wires[1:], (constant(-pi / 4),))
    yield Step("cz", wires)
    yield Step("ry", wires[1:], (constant(pi / 4),))


def _ms(wires: Wires, params: Params) -> Iterator[Step]:
    *turns, angle = params
    for wire, turn in zip(wires, turns, strict=True):
        yield Step("rz", (wire,), (turn.times(-TURN),))
    yield Step("rxx", wires, (angle.times(TURN),))
    for wire, turn in zip(wires, turns, strict=True):
        yield Step("rz", (wire,), (turn.times(TURN),))


def _turned(name: str, params: Params = ()) -> Rule:
    """Turn a fixed gate about Z; `gpi` and `gpi2` are X and RX(pi/2) turned."""

    def rule(wires: Wires, turns: Params) -> Iterator[Step]:
        yield Step("rz", wires, (turns[0].times(-TURN),))
        yield Step(name, wires, params)
        yield Step("rz", wires, (turns[0].times(TURN),))

    return rule


def _phase_then_swap(name: str) -> Rule:
    def rule(wires: Wires, _: Params) -> Iterator[Step]:
        yield Step(name, wires)
        yield Step("swap", wires)

    return rule


_RULES: dict[str, Rule] = {
    "rx": _between(["h"], "rz", ["h"], [0]),
    "ry": _between(["sdg", "h"], "rz", ["h", "s"], [0]),
    "u3": _u3,
    "cy": _between(["sdg"], "cnot", ["s"], [1]),
    "ch": _ch,
    "swap": _swap,
    "iswap": _phase_then_swap("phase_of_iswap"),
    "iswapdg": _phase_then_swap("phase_of_iswapdg"),
    "crx": _between(["h"], "crz", ["h"], [1]),
    "cry": _between(["sdg", "h"], "crz", ["h", "s"], [1]),
    "rxx": _between(["h"], "rzz", ["h"], [0, 1]),
    "ryy": _between(["sdg", "h"], "rzz", ["h", "s"], [0, 1]),
    "ccnot": _between(["h"], "ccz", ["h"], [2]),
    "cswap": _cswap,
    "gpi": _turned("x"),
    "gpi2": _turned("rx", (constant(pi / 2),)),
    "ms": _ms,
}
