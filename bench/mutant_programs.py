"""The five programs of `mutants.py`, written as people write them; the tests do not look inside.

A program is a family of circuits with what is read of it. Its `behaviour` is all that anyone can
see of it: a mutant with the same behaviour is no fault, and no test can tell it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Gate, Observable, ZeroProjector, pauli, z
from qml.testing.reference import evolve, expectation, probabilities, state

Vector = NDArray[Any]

EDGES = ((0, 1, 1.0), (1, 2, 0.6), (2, 3, 1.4), (0, 2, 0.8))
"""A weighted graph without symmetry: first node, second node, weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program.

    Attributes:
        name: For the table.
        build: `(layers, *arguments) -> Circuit`.
        layers: Layers that the program has.
        observable: What is read, or None where it is the distribution.
        behaviour: `(program, random) -> array`, all that can be seen, at random arguments.
    """

    name: str
    build: Callable[..., Circuit]
    layers: int
    observable: Observable | ZeroProjector | None
    behaviour: Callable[["Program", np.random.Generator], Vector]

    def __call__(self, *arguments: Any) -> Circuit:
        """Build the circuit."""
        return self.build(self.layers, *arguments)


def ghz(layers: int, wires: int) -> Circuit:
    """(|0...0> + |1...1>) / sqrt 2; `layers` CNOTs fewer than wires are skipped."""
    chain = [Gate("cnot", (w, w + 1)) for w in range(wires - layers)]
    return Circuit.of(wires, [Gate("h", (0,)), *chain])


def qft(layers: int, wires: int) -> Circuit:
    """The Fourier transform with its swaps; pairs `layers` apart and more are rotated."""
    gates: list[Gate] = []
    for wire in range(wires):
        gates.append(Gate("h", (wire,)))
        gates += [
            Gate("cphase", (other, wire), (np.pi / 2 ** (other - wire),))
            for other in range(wire + layers, wires)
        ]
    gates += [Gate("swap", (wire, wires - 1 - wire)) for wire in range(wires // 2)]
    return Circuit.of(wires, gates)


def qaoa(layers: int, gammas: Vector, betas: Vector) -> Circuit:
    """MaxCut by `layers` layers of exp(-i gamma C) and exp(-i beta B)."""
    gates = [Gate("h", (wire,)) for wire in range(4)]
    for layer in range(layers):
        gamma, beta = float(gammas[layer % len(gammas)]), float(betas[layer % len(betas)])
        # exp(-i gamma w (1 - ZZ) / 2) is RZZ(-gamma w) but for a phase
        gates += [Gate("rzz", (a, b), (-gamma * w,)) for a, b, w in EDGES]
        gates += [Gate("rx", (wire,), (2 * beta,)) for wire in range(4)]
    return Circuit.of(4, gates)


def cut() -> Observable:
    """The weight that is cut: sum of w (1 - ZZ) / 2."""
    pairs = tuple((-w / 2, ((a, "Z"), (b, "Z"))) for a, b, w in EDGES)
    return Observable(((sum(w for *_, w in EDGES) / 2, ()), *pairs))


def overlap(layers: int, x: Vector, y: Vector) -> Circuit:
    """IQP map of x, then that of y undone: P(0...0) is the kernel."""
    return _iqp(layers, x) + _iqp(layers, y).inverse()


def _iqp(layers: int, x: Vector) -> Circuit:
    gates: list[Gate] = []
    for _ in range(layers):
        gates += [Gate("h", (w,)) for w in range(3)]
        gates += [Gate("rz", (w,), (float(x[w]),)) for w in range(3)]
        gates += [Gate("rzz", (a, b), (float(x[a] * x[b]),)) for a, b in ((0, 1), (0, 2), (1, 2))]
    return Circuit.of(3, gates)


def classifier(layers: int, x: Vector, weights: Vector) -> Circuit:
    """RY(x_i), then layers of Rz Ry Rz and a ring of CNOTs; Z of wire 0 is the score."""
    gates = [Gate("ry", (w,), (float(x[w]),)) for w in range(3)]
    for layer in range(layers):
        for w in range(3):
            angles = weights[layer % len(weights), w]
            gates += [
                Gate(n, (w,), (float(a),)) for n, a in zip(("rz", "ry", "rz"), angles, strict=True)
            ]
        gates += [Gate("cnot", (w, (w + 1) % 3)) for w in range(3)]
    return Circuit.of(3, gates)


def _up_to_phase(array: Vector) -> Vector:
    largest = array.reshape(-1)[np.argmax(np.abs(array) > 1e-3)]
    return array / (largest / abs(largest))


def _states(program: Program, random: np.random.Generator) -> Vector:
    del random
    return np.concatenate([_up_to_phase(state(program(wires))) for wires in (2, 3, 4)])


def _unitary(program: Program, random: np.random.Generator) -> Vector:
    del random
    return np.concatenate(
        [
            _up_to_phase(evolve(program(w).gates, np.eye(2**w, dtype=np.complex128))).reshape(-1)
            for w in (2, 3, 4)
        ]
    )


def _samples(program: Program, random: np.random.Generator) -> Vector:
    circuits = [program(*random.uniform(0, 1, (2, 2))) for _ in range(3)]
    read = [expectation(c, program.observable or cut()) for c in circuits]
    return np.concatenate([*(probabilities(c) for c in circuits), read])


def _kernels(program: Program, random: np.random.Generator) -> Vector:
    return np.array(list(_readings(program, (random.uniform(-2, 2, (2, 3)) for _ in range(5)))))


def _scores(program: Program, random: np.random.Generator) -> Vector:
    points = ((random.uniform(0, 3, 3), random.uniform(0, 6, (2, 3, 3))) for _ in range(5))
    return np.array(list(_readings(program, points)))


def _readings(program: Program, points: Any) -> Iterator[float]:
    for point in points:
        yield expectation(program(*point), program.observable or ZeroProjector())


PROGRAMS = {
    "GHZ": Program(name="GHZ", build=ghz, layers=1, observable=None, behaviour=_states),
    "QFT": Program(name="QFT", build=qft, layers=1, observable=None, behaviour=_unitary),
    "QAOA": Program(name="QAOA", build=qaoa, layers=2, observable=cut(), behaviour=_samples),
    "kernel": Program(
        name="kernel", build=overlap, layers=2, observable=ZeroProjector(), behaviour=_kernels
    ),
    "classifier": Program(
        name="classifier", build=classifier, layers=2, observable=z(0), behaviour=_scores
    ),
}


def wrong_observable(program: Program) -> Observable | ZeroProjector | None:
    """A near miss of what is read; None where the distribution is."""
    wrong: dict[str, Observable] = {
        "QAOA": Observable(cut().terms[:-1]),
        "kernel": pauli("ZZZ", (0, 1, 2)),
        "classifier": z(1),
    }
    return wrong.get(program.name)
