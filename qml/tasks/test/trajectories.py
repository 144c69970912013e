"""Expectations under depolarising noise, by Pauli trajectories on a noiseless simulator.

A Pauli error moves through a rotation exp(-i t P / 2) by turning the sign of t where the two
anticommute, and through a Clifford gate by becoming another Pauli; at the end it turns the sign of
a measured string. So a trajectory is the circuit itself with some angles turned, and all
trajectories of all rows share one compiled circuit. The part without any error is exact; only
trajectories with an error are drawn, each location with its own rate (Knill, Nature 434, 39 (2005),
tracks Pauli frames so).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.backends.lower import lower
from qml.backends.noise import Rates
from qml.circuits import Circuit, CircuitModel, Evaluator, Gate, Observable
from qml.tasks.test.skipped import SkippedError

Bits = NDArray[np.bool_]
Values = NDArray[np.float64]

AXES = {"rx": "X", "ry": "Y", "rz": "Z", "rxx": "XX", "ryy": "YY", "rzz": "ZZ"}
CLIFFORD = frozenset({"id", "x", "y", "z", "h", "s", "sdg", "cnot", "cz", "swap"})
_TURNS = {"t": np.pi / 4, "tdg": -np.pi / 4}
AMPLITUDES = 1 << 17
"""Amplitudes that are computed at once: they stay in the processor's cache."""


@dataclass(frozen=True)
class Frames:
    """Pauli errors of many trajectories: X^x Z^z on each wire.

    Attributes:
        x: Shape (trajectories, wires).
        z: Shape (trajectories, wires).
    """

    x: Bits
    z: Bits

    def anticommutes(self, letters: str, wires: Sequence[int]) -> Bits:
        """Tell for each trajectory whether its error anticommutes with a Pauli string."""
        found = np.zeros(len(self.x), dtype=bool)
        for letter, wire in zip(letters, wires, strict=True):
            if letter in "YZ":
                found ^= self.x[:, wire]
            if letter in "XY":
                found ^= self.z[:, wire]
        return found

    def conjugate(self, gate: Gate) -> None:
        """Move the errors through a Clifford gate."""
        x, z, wires = self.x, self.z, gate.wires
        if gate.name == "h":
            x[:, wires[0]], z[:, wires[0]] = z[:, wires[0]].copy(), x[:, wires[0]].copy()
        elif gate.name in {"s", "sdg"}:
            z[:, wires[0]] ^= x[:, wires[0]]
        elif gate.name == "cnot":
            x[:, wires[1]] ^= x[:, wires[0]]
            z[:, wires[0]] ^= z[:, wires[1]]
        elif gate.name == "cz":
            z[:, wires[0]] ^= x[:, wires[1]]
            z[:, wires[1]] ^= x[:, wires[0]]
        elif gate.name == "swap":
            x[:, list(wires)], z[:, list(wires)] = x[:, wires[::-1]], z[:, wires[::-1]]

    def strike(self, hit: Bits, wires: Sequence[int], random: np.random.Generator) -> None:
        """Put one of the 4**k - 1 errors on the wires where a location was hit."""
        places = np.flatnonzero(hit)
        which = random.integers(1, 4 ** len(wires), len(places))
        for number, wire in enumerate(wires):
            letter = which >> (2 * number)
            self.x[places, wire] ^= (letter & 1).astype(bool)
            self.z[places, wire] ^= (letter & 2).astype(bool)


class Noisy:
    """Circuits of one structure, ready to be run under any depolarising rates.

    Args:
        circuits: The circuit of each row: equal gates on equal wires, angles may differ.
        observables: What is measured; sums of Pauli strings.
        evaluator: An exact, differentiable simulator.

    Raises:
        SkippedError: A gate acts on three wires: no rate is defined for it.
    """

    def __init__(
        self, circuits: Sequence[Circuit], observables: Sequence[Observable], evaluator: Evaluator
    ) -> None:
        import jax

        self._steps = [_spelled(c) for c in circuits]
        self.wires = circuits[0].wires
        self._angles = np.array(
            [[g.params[0] for _, g in s if g is not None and g.name in AXES] for s in self._steps]
        )
        self._observables = observables
        self._strings = sorted({string for o in observables for _, string in o.terms})
        self._run = jax.jit(self._compiled(evaluator))

    def _compiled(self, evaluator: Evaluator) -> Any:
        gates = [gate for _, gate in self._steps[0] if gate is not None]

        def build(angles: Any, weights: Any) -> Circuit:
            del weights
            turned = iter(range(self._angles.shape[1]))
            return Circuit.of(
                self.wires,
                [
                    Gate(g.name, g.wires, (angles[next(turned)],)) if g.name in AXES else g
                    for g in gates
                ],
            )

        model = CircuitModel(
            wires=self.wires,
            features=self._angles.shape[1],
            weights_shape=(0,),
            build=build,
            observables=tuple(Observable(((1.0, string),)) for string in self._strings),
        )
        run = evaluator.differentiable(model)
        if run is None:
            raise SkippedError("noise is tried on an exact simulator, and there is none")
        return lambda angles: run(angles, np.zeros(0, angles.dtype))

    def expectations(self, rates: Rates, trajectories: int, seed: int) -> Values:
        """Return expectations, shape (rows, observables).

        Args:
            rates: Rates of the noise; the readout is not looked at.
            trajectories: Trajectories of each row that have an error.
            seed: Of the errors.
        """
        q = np.array([_rate(rates, wires) for wires, _ in self._steps[0] if wires is not None])
        clean = self._combined(self._evaluate(self._angles))
        quiet = float(np.prod(1 - q))
        if quiet == 1.0:
            return clean
        turned, signs = self._draw(q, trajectories, np.random.default_rng(seed))
        strings = self._evaluate(turned) * signs
        struck = strings.reshape(len(self._angles), trajectories, -1).mean(axis=1)
        return quiet * clean + (1 - quiet) * self._combined(struck)

    def _draw(
        self, q: Values, trajectories: int, random: np.random.Generator
    ) -> tuple[Values, Values]:
        """Draw errors; returns turned angles (rows x trajectories, angles) and signs of strings."""
        angles = np.repeat(self._angles, trajectories, axis=0)
        hits = _hits(q, len(angles), random)
        frames = Frames(*(np.zeros((len(angles), self.wires), dtype=bool) for _ in range(2)))
        place = turn = 0
        for wires, gate in self._steps[0]:
            if wires is not None:
                frames.strike(hits[:, place], wires, random)
                place += 1
            elif gate is not None and gate.name in AXES:
                angles[frames.anticommutes(AXES[gate.name], gate.wires), turn] *= -1
                turn += 1
            elif gate is not None:
                frames.conjugate(gate)
        signs = [
            1 - 2.0 * frames.anticommutes("".join(p for _, p in s), [w for w, _ in s])
            for s in self._strings
        ]
        return angles, np.stack(signs, axis=1)

    def _evaluate(self, angles: Values) -> Values:
        """Return expectations of single strings, shape (len(angles), strings), in even chunks.

        All chunks are of one size, since each size is compiled anew.
        """
        size = max(16, AMPLITUDES >> self.wires)
        parts = []
        for start in range(0, len(angles), size):
            part = angles[start : start + size]
            padded = np.concatenate([part, np.zeros((size - len(part), part.shape[1]))])
            parts.append(np.asarray(self._run(padded), dtype=np.float64)[: len(part)])
        return np.concatenate(parts)

    def _combined(self, strings: Values) -> Values:
        place = {string: number for number, string in enumerate(self._strings)}
        return np.stack(
            [sum(c * strings[:, place[s]] for c, s in o.terms) for o in self._observables], axis=1
        )


def _spelled(circuit: Circuit) -> list[tuple[tuple[int, ...] | None, Gate | None]]:
    """Return gates that errors move through, and the wires of each location of an error."""
    steps: list[tuple[tuple[int, ...] | None, Gate | None]] = []
    for gate in circuit.gates:
        if len(gate.wires) > 2:  # noqa: PLR2004 - rates exist for one and two wires
            raise SkippedError(
                f"no rate of noise is defined for `{gate.name}` on three wires",
                hint="write it as gates on one and two wires",
            )
        for part in lower(gate, CLIFFORD | frozenset(AXES) | frozenset(_TURNS)):
            turn = _TURNS.get(part.name)
            steps.append((None, part if turn is None else Gate("rz", part.wires, (turn,))))
        steps.append((gate.wires, None))
    return steps


def _rate(rates: Rates, wires: Sequence[int]) -> float:
    """Return the probability of an error that is not the identity."""
    return rates.one_qubit * 3 / 4 if len(wires) == 1 else rates.two_qubit * 15 / 16


def _hits(q: Values, trajectories: int, random: np.random.Generator) -> Bits:
    """Draw which locations are hit, given that at least one is; shape (trajectories, locations)."""
    before = np.concatenate([[1.0], np.cumprod(1 - q)[:-1]])
    first = random.choice(len(q), trajectories, p=before * q / np.sum(before * q))
    hits = random.random((trajectories, len(q))) < q
    order = np.arange(len(q))
    hits &= order > first[:, None]
    hits[np.arange(trajectories), first] = True
    return np.asarray(hits, dtype=bool)
