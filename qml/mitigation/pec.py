"""Probabilistic error cancellation of depolarising noise: random circuits whose average has none.

Temme, Bravyi and Gambetta, 2017, arXiv:1612.02058. The inverse of (1-e) rho + e I/d is no channel,
but a sum of Pauli channels with one positive and many negative coefficients; their absolute values
add up to gamma. Each noisy gate is followed by a Pauli drawn with those, and the product of the
signs times all gammas weighs what is seen: without bias, at shots x gamma^2 a gate. It is as right
as the noise model is, and the inserted Paulis err themselves: a bias of second order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Gate
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Expansion, Noise
from qml.mitigation.spelling import pauli_gates
from qml.mitigation.tally import Tally, Target, Weights
from qml.seeds import derive

PAIR = 2
_STRINGS = {
    n: [s for s in map("".join, product("IXYZ", repeat=n)) if set(s) != {"I"}] for n in (1, PAIR)
}


def gamma(rate: float, wires: int) -> float:
    """Return by how much one gate's quasi-probabilities exceed probabilities.

    With d^2 = 4^wires the inverse has the coefficient 1 + (d^2 - 1) x of doing nothing and -x of
    each Pauli string, where x = rate / (d^2 (1 - rate)): gamma = 1 + 2 (d^2 - 1) x, which is
    (1 + 7 rate / 8) / (1 - rate) for two wires.

    Args:
        rate: Probability that the qubits are replaced by the mixed state, 0 to below 1.
        wires: 1 or 2.
    """
    size = 4**wires
    return float(1 + 2 * (size - 1) * rate / (size * (1 - rate)))


def overhead(noise: Noise, one_qubit: int, two_qubit: int) -> float:
    """Return how many times the shots give the variance of unmitigated ones: gamma^2 a gate."""
    each = gamma(noise.one_qubit, 1) ** one_qubit * gamma(noise.two_qubit, PAIR) ** two_qubit
    return float(each**2)


class Drawn(NamedTuple):
    """Random circuits in place of one.

    Attributes:
        circuits: The circuits.
        signs: What each counts, 1 or -1, shape (circuits,).
        gain: Product of all gammas, which multiplies their average.
    """

    circuits: tuple[Circuit, ...]
    signs: NDArray[np.float64]
    gain: float


def draw(circuit: Circuit, noise: Noise, number: int, seed: int) -> Drawn:
    """Insert Paulis as often as circuits are wanted.

    Raises:
        PlanError: A gate acts on three wires, or nothing of the state is left behind a gate.
    """
    rng = np.random.default_rng(derive(seed, "pec"))
    rates = [_rate(gate, noise) for gate in circuit.gates]
    gains = [gamma(r, len(g.wires)) for r, g in zip(rates, circuit.gates, strict=True)]
    drawn = [_inserted(circuit, gains, rng) for _ in range(number)]
    signs = np.array([sign for _, sign in drawn], dtype=np.float64)
    return Drawn(tuple(c for c, _ in drawn), signs, float(np.prod(gains)))


@dataclass(frozen=True, slots=True)
class Pec:
    """Sampled circuits with Paulis inserted.

    Attributes:
        noise: Its gate rates are cancelled.
        circuits: Number of circuits drawn in place of one.
        weights: How measured bits count; None takes them as they are.
    """

    noise: Noise
    circuits: int
    weights: Weights | None = None

    @property
    def variants(self) -> int:
        """As many as are drawn."""
        return self.circuits

    def expand(self, circuit: Circuit, seed: int) -> Expansion:
        """Draw circuits; each weighs plus or minus the product of all gammas."""
        drawn = draw(circuit, self.noise, self.circuits, seed)

        def combine(seen: Sequence[Tally], targets: Sequence[Target]) -> NDArray[np.float64]:
            values = np.array([tally.means(targets, self.weights) for tally in seen])
            return np.asarray(drawn.gain * (drawn.signs @ values) / len(values))

        return Expansion(drawn.circuits, combine)


def make(section: MitigationSection, noise: Noise | None, weights: Weights | None) -> Pec:
    """Build the method.

    Raises:
        PlanError: Nothing is known of the noise.
    """
    if noise is None:
        raise PlanError(
            "pec cancels a known noise, and none is known of this machine",
            hint="give its rates in [mitigation.noise], e.g. depolarizing2 = 0.005",
        )
    return Pec(noise, section.pec.circuits, weights)


def _rate(gate: Gate, noise: Noise) -> float:
    if len(gate.wires) > PAIR:
        raise PlanError(
            f"pec knows no noise of `{gate.name}` on {len(gate.wires)} wires",
            hint="write it as one- and two-qubit gates",
        )
    rate = noise.of(len(gate.wires))
    if rate >= 1:
        raise PlanError(
            f"pec cannot undo a rate of {rate:g}: nothing of the state is left",
            hint="see [mitigation.noise], or [backend.noise]",
        )
    return rate


def _inserted(
    circuit: Circuit, gains: Sequence[float], rng: np.random.Generator
) -> tuple[Circuit, int]:
    """Insert Paulis once; returns the circuit and its sign."""
    made: list[Gate] = []
    sign = 1
    chances = rng.random(len(circuit.gates))
    for gate, g, chance in zip(circuit.gates, gains, chances, strict=True):
        made.append(gate)
        if chance < (g - 1) / (2 * g):  # the share of the negative coefficients
            strings = _STRINGS[len(gate.wires)]
            sign = -sign
            for letter, wire in zip(strings[rng.integers(len(strings))], gate.wires, strict=True):
                made += pauli_gates(letter, wire, circuit) if letter != "I" else ()
    return Circuit(circuit.wires, tuple(made), circuit.verbatim), sign
