"""Circuits and models that the contract runs; each is chosen to tell a mistake from the truth."""

from collections.abc import Sequence
from itertools import combinations, cycle
from typing import Any

import numpy as np

from qml.circuits import Circuit, CircuitModel, Gate, Observable, ZeroProjector, pauli, z
from qml.circuits.gates import GATES

_ORDER = (2, 0, 3, 1)  # neither ascending nor contiguous: mixed-up wires show


def asymmetric() -> Circuit:
    """A circuit on three wires that measures 100 always: reversed bits would give 001."""
    return Circuit.of(3, [Gate("x", (0,)), Gate("h", (2,)), Gate("h", (2,)), Gate("id", (1,))])


def entangled() -> Circuit:
    """A circuit on three wires with eight unlike probabilities."""
    return Circuit.of(
        3,
        [
            Gate("ry", (0,), (0.4,)),
            Gate("ry", (1,), (1.1,)),
            Gate("ry", (2,), (2.0,)),
            Gate("crx", (0, 2), (0.9,)),
            Gate("cnot", (2, 1)),
            Gate("rxx", (1, 0), (0.7,)),
        ],
    )


def uniform(wires: int) -> Circuit:
    """Every bit string is as likely as every other."""
    return Circuit.of(wires, [Gate("h", (w,)) for w in range(wires)])


def bell() -> Circuit:
    """H and CNOT: 00 or 11."""
    return Circuit.of(2, [Gate("h", (0,)), Gate("cnot", (0, 1))])


def gate_circuit(names: Sequence[str]) -> Circuit:
    """Gates with generic angles, one after the other, on a generic product state of four wires."""
    random = np.random.default_rng(7)
    gates = [Gate("u3", (w,), tuple(random.uniform(0.3, 2.5, 3))) for w in range(4)]
    for place, name in enumerate(names):
        known = GATES[name]
        wires = [_ORDER[(place + i) % len(_ORDER)] for i in range(known.wires)]
        gates.append(Gate(name, tuple(wires), tuple(random.uniform(0.1, 0.9, known.params))))
    return Circuit.of(4, gates)


def gate_groups(size: int = 13) -> list[tuple[str, ...]]:
    """The names of the whole gate set in groups: fewer circuits, fewer compilations."""
    names = sorted(GATES)
    return [tuple(names[i : i + size]) for i in range(0, len(names), size)]


def pauli_strings(wires: int) -> tuple[Observable, ...]:
    """Every Pauli string on one wire, mixed ones on each pair, and XYZ on the first three."""
    ones = [pauli(p, (w,)) for w in range(wires) for p in "XYZ"]
    twos = [
        pauli(letters, pair)
        for pair, letters in zip(combinations(range(wires), 2), cycle(("ZX", "YZ", "XY")))
    ]
    return (*ones, *twos, pauli("XYZ", (0, 1, 2)))


def mixed_observables() -> tuple[Observable | ZeroProjector, ...]:
    """Sums, an identity, and the projector on |000>."""
    total = Observable(((0.5, ((0, "Z"),)), (-1.5, ((0, "X"), (2, "Y"))), (0.25, ())))
    return (z(0), total, ZeroProjector(), pauli("III", (0, 1, 2), 2.0), pauli("ZZ", (2, 1), -3.0))


def model() -> CircuitModel:
    """A model of three wires that uses inputs, weights, their products and every kind of gate."""

    def build(inputs: Any, weights: Any) -> Circuit:
        return Circuit(
            3,
            (
                Gate("ry", (0,), (inputs[0],)),
                Gate("rx", (1,), (inputs[1] * weights[0, 0],)),
                Gate("u3", (2,), (weights[0, 1], inputs[0], 0.3)),
                Gate("cnot", (0, 2)),
                Gate("ms", (2, 1), (weights[1, 0], 0.1, weights[1, 1])),
                Gate("crz", (1, 0), (weights[0, 2],)),
                Gate("h", (0,)),
                Gate("gpi2", (1,), (weights[1, 2],)),
                Gate("rzz", (0, 1), (inputs[1],)),
                Gate("iswap", (1, 2)),
                Gate("cry", (2, 0), (2 * weights[0, 0] + inputs[0],)),
            ),
        )

    return CircuitModel(
        wires=3, features=2, weights_shape=(2, 3), build=build, observables=mixed_observables()
    )
