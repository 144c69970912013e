"""Gates that fade: whole at 0, gone at 1, smooth in between, so that loss has slopes by them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import pi
from typing import Any

import jax.numpy as jnp

from qml.circuits import Circuit, CircuitModel, Gate

PERIODS: dict[str, float] = {
    **dict.fromkeys(("rx", "ry", "rz", "phase", "u3"), 2 * pi),
    **dict.fromkeys(("cphase", "rxx", "ryy", "rzz"), 2 * pi),
    **dict.fromkeys(("crx", "cry", "crz"), 4 * pi),
    **dict.fromkeys(("zz", "ms"), 1.0),
}
"""Gates that are the identity, up to a global phase, whenever their angle is a multiple of this."""


def nearest(xp: Any, angle: Any, period: float) -> Any:
    """Return how far an angle is beyond the nearest multiple of a period."""
    return angle - period * xp.round(angle / period)


def faded(circuit: CircuitModel, places: list[int]) -> CircuitModel:
    """Return a circuit family with one more weight for each of some gates.

    Its weights are those of `circuit`, flattened, then one fraction x for each gate: at 0 the gate
    is there, at 1 it is gone. Angles go to their nearest multiple of the period; a gate G without
    an angle becomes G^(1 - x), up to a global phase.

    Args:
        circuit: The whole circuit.
        places: Positions of gates that fade, all of `PERIODS` or `FIXED`.
    """
    number = {place: i for i, place in enumerate(places)}
    size = circuit.parameters

    def build(inputs: Any, weights: Any) -> Circuit:
        whole = circuit.build(inputs, weights[:size].reshape(circuit.weights_shape))
        gates: list[Gate] = []
        for place, gate in enumerate(whole.gates):
            gates += _fading(gate, weights[size + number[place]]) if place in number else [gate]
        return Circuit.of(whole.wires, gates)

    return replace(circuit, weights_shape=(size + len(places),), build=build)


def _fading(gate: Gate, gone: Any) -> Iterator[Gate]:
    if gate.name in FIXED:
        yield from FIXED[gate.name](gate.wires, 1 - gone)
        return
    if gate.name == "u3":
        yield replace(gate, params=tuple(p * (1 - gone) for p in gate.params))
        return
    *others, angle = gate.params
    value = jnp.asarray(angle)
    turned = value - gone * nearest(jnp, value, PERIODS[gate.name])
    yield replace(gate, params=(*others, turned))


def _cz(wires: tuple[int, ...], power: Any) -> list[Gate]:
    return [Gate("cphase", wires, (pi * power,))]


def _between(before: Gate, inside: list[Gate], after: Gate) -> list[Gate]:
    return [before, *inside, after]


def _cnot(wires: tuple[int, ...], power: Any) -> list[Gate]:
    turn = Gate("h", wires[1:])
    return _between(turn, _cz(wires, power), turn)


def _cy(wires: tuple[int, ...], power: Any) -> list[Gate]:
    return _between(Gate("sdg", wires[1:]), _cnot(wires, power), Gate("s", wires[1:]))


def _ch(wires: tuple[int, ...], power: Any) -> list[Gate]:
    before, after = (Gate("ry", wires[1:], (sign * pi / 4,)) for sign in (-1, 1))
    return _between(before, _cz(wires, power), after)


def _exchange(names: str, sign: int) -> Callable[[tuple[int, ...], Any], list[Gate]]:
    def gates(wires: tuple[int, ...], power: Any) -> list[Gate]:
        return [Gate(f"r{n}{n}", wires, (sign * pi / 2 * power,)) for n in names]

    return gates


FIXED: dict[str, Callable[[tuple[int, ...], Any], list[Gate]]] = {
    "cnot": _cnot,
    "cz": _cz,
    "cy": _cy,
    "ch": _ch,
    "swap": _exchange("xyz", 1),
    "iswap": _exchange("xy", -1),
    "iswapdg": _exchange("xy", 1),
}
"""Two-qubit gates without an angle, and their powers as gates of the set."""
