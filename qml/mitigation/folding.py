"""Circuits made longer on purpose: a gate, its inverse, the gate, so that errors grow.

Giurgica-Tiron et al., "Digital zero noise extrapolation for quantum error mitigation", 2020,
arXiv:2005.10921.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from qml.circuits import Circuit, Gate
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.spelling import undone

Way = Literal["gates", "two-qubit", "circuit"]
PAIR = 2


class Folded(NamedTuple):
    """A circuit with larger errors.

    Attributes:
        circuit: It does what its source does.
        scale: How many times the error of the folded gates it has, at least 1: what was reached.
    """

    circuit: Circuit
    scale: float


def fold(circuit: Circuit, factor: float, way: Way, noise: Noise | None) -> Folded:
    """Fold a circuit.

    Where a part of the gates is to be folded once more than the others, they are evenly spread over
    the circuit (`gates`, `two-qubit`), or its last ones (`circuit`).

    Args:
        circuit: As its gates are run.
        factor: Wanted scale of the error, at least 1.
        way: `gates` folds each gate, `two-qubit` those on two wires, `circuit` all of it at once.
        noise: Weighs the gates; all two-qubit gates alike, and nothing else, where None.

    Raises:
        PlanError: Nothing there can be folded.
    """
    gates = circuit.gates
    foldable = [i for i, g in enumerate(gates) if way != "two-qubit" or len(g.wires) == PAIR]
    weights = [_weight(gates[i], noise) for i in foldable]
    if not sum(weights):
        raise PlanError(
            "zne has nothing to fold: the circuit has no gate that errs",
            hint='set mitigation.method = "none", or "readout" against errors of the measurement',
        )
    whole, part = divmod((factor - 1) / 2, 1)
    if way == "circuit":
        return _whole(circuit, int(whole), round(part * len(foldable)), weights)
    again = _again(circuit, foldable, part)
    made: list[Gate] = []
    folded = set(foldable)
    grown = 0.0
    for i, gate in enumerate(gates):
        times = (int(whole) + (i in again)) if i in folded else 0
        made += [gate, *(g for _ in range(times) for g in (undone(gate), gate))]
        grown += 2 * times * _weight(gate, noise) if times else 0.0
    return Folded(Circuit(circuit.wires, tuple(made), circuit.verbatim), 1 + grown / sum(weights))


def _whole(circuit: Circuit, times: int, more: int, weights: Sequence[float]) -> Folded:
    """Fold U to U U^-1 U ..., and the last gates of it once more."""
    gates = circuit.gates
    back = tuple(undone(g) for g in reversed(gates))
    made = gates + times * (back + gates)
    if more:
        last = gates[-more:]
        made += tuple(undone(g) for g in reversed(last)) + last
    grown = 2 * times + (2 * sum(weights[-more:]) / sum(weights) if more else 0.0)
    return Folded(Circuit(circuit.wires, made, circuit.verbatim), 1 + grown)


def _again(circuit: Circuit, foldable: Sequence[int], part: float) -> set[int]:
    """Return a part of the gates, evenly spread over those on one wire and those on two."""
    found: set[int] = set()
    for wires in (1, PAIR):
        kind = [i for i in foldable if len(circuit.gates[i].wires) == wires]
        some = round(part * len(kind))
        found |= {kind[(2 * k + 1) * len(kind) // (2 * some)] for k in range(some)}
    return found


def _weight(gate: Gate, noise: Noise | None) -> float:
    if noise is None or not (noise.one_qubit or noise.two_qubit):
        return float(len(gate.wires) == PAIR)
    return noise.of(len(gate.wires))
