"""The quench of QeMCMC: H = (1 - gamma) alpha H_prob + gamma sum X, for a time t.

H_prob is the energy without its constant, alpha = sqrt(n) / sqrt(sum J^2 + sum h^2) brings both
parts to one scale. H is a real symmetric matrix, so that |<s'|exp(-iHt)|s>|^2 is symmetric in s and
s'. A Trotter product B A B ... A B with A diagonal and B from the transverse field reads the same
from both ends, and keeps that symmetry exactly, whatever its error.

References:
    D. Layden, G. Mazzola, R. V. Mishmash, M. Motta, P. Wocjan, J.-S. Kim, S. Sheldon, Nature 619
    (2023) 282, arXiv:2203.12497.
"""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qml.algorithms.samplers.target import Target
from qml.config.base import Section

GROUP = 4
"""Qubits that one small matrix turns at once."""
CACHED = 2**15
"""Amplitudes that are worked on at a time."""


class QuenchOptions(Section):
    """From where the parameters of each proposal are drawn."""

    mixing: tuple[float, float] = Field(
        (0.25, 0.6), description="Range of gamma, the share of the transverse field."
    )
    time: tuple[float, float] = Field((2.0, 20.0), description="Range of the time t.")
    step: float = Field(
        0.8, gt=0, allow_inf_nan=False, description="Length of a Trotter step, about."
    )

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        if not 0 <= self.mixing[0] <= self.mixing[1] <= 1:
            raise ValueError("`mixing` must be two numbers between 0 and 1, the lower one first")
        if not 0 < self.time[0] <= self.time[1] < np.inf:
            raise ValueError("`time` must be two positive numbers, the lower one first")
        return self


class Quench(NamedTuple):
    """One draw of the parameters for each of several chains.

    Attributes:
        mixing: gamma, shape (chains,).
        steps: Trotter steps, shape (chains,).
        length: Time of one Trotter step, shape (chains,).
    """

    mixing: NDArray[np.float64]
    steps: NDArray[np.int64]
    length: NDArray[np.float64]


def draw_quench(rng: np.random.Generator, chains: int, options: QuenchOptions) -> Quench:
    """Draw gamma and t uniformly, and cut t into steps of about the given length.

    They do not depend on the state, so that any mixture of quenches stays symmetric.
    """
    gamma = rng.uniform(*options.mixing, chains)
    t = rng.uniform(*options.time, chains)
    steps = np.array([trotter_steps(time, options.step) for time in t.tolist()], dtype=np.int64)
    return Quench(gamma, steps, t / steps)


def trotter_steps(time: float, step: float) -> int:
    """Return into how many steps of about the given length a time is cut."""
    return max(1, round(time / step))


def scale(target: Target) -> float:
    """Return alpha; 0 where all states have the same energy."""
    squares = (target.couplings**2).sum() / 2 + (target.fields**2).sum()
    return float(np.sqrt(target.size / squares)) if squares else 0.0


def evolve(
    phases: NDArray[np.float64], start: NDArray[np.int64], quench: Quench
) -> NDArray[np.complex128]:
    """Return the states exp(-iHt)|s> of all chains, by the Trotter product.

    Args:
        phases: alpha times the energies of all states, shape (2^n,), spin 0 first.
        start: Index of each chain's state, shape (chains,).
        quench: Parameters of each chain.

    Returns:
        Shape (chains, 2^n).
    """
    order = np.argsort(-quench.steps, kind="stable")  # in each batch, the longest come first
    at_once = max(1, CACHED // len(phases))
    found = np.empty((len(start), len(phases)), dtype=np.complex128)
    for first in range(0, len(start), at_once):
        rows = order[first : first + at_once]
        found[rows] = _evolve(phases, start[rows], _of(quench, rows))
    return found


def _of(quench: Quench, rows: NDArray[np.int64]) -> Quench:
    return Quench(quench.mixing[rows], quench.steps[rows], quench.length[rows])


def _evolve(
    phases: NDArray[np.float64], start: NDArray[np.int64], quench: Quench
) -> NDArray[np.complex128]:
    """Evolve chains side by side, those of most steps first."""
    chains, size = len(start), len(phases)
    turns = _turns(quench.mixing * quench.length, size.bit_length() - 1)
    kicks = np.exp(-1j * ((1 - quench.mixing) * quench.length)[:, None] * phases)
    states = np.zeros((chains, size), dtype=np.complex128)
    states[np.arange(chains), start] = 1.0
    states = _turn(states, turns)
    for done in range(1, int(quench.steps[0])):
        active = int((quench.steps > done).sum())
        states[:active] = _turn(states[:active] * kicks[:active], turns)
    return states


def measure(rng: np.random.Generator, states: NDArray[np.complex128]) -> NDArray[np.int64]:
    """Measure every state once; returns indices, shape (chains,)."""
    totals = np.cumsum(np.abs(states) ** 2, axis=1)
    marks = rng.random(len(states)) * totals[:, -1]
    found = [np.searchsorted(t, m, "right") for t, m in zip(totals, marks, strict=True)]
    # a mark may be rounded up to the total
    return np.array(found, dtype=np.int64).clip(max=states.shape[1] - 1)


def _turns(angles: NDArray[np.float64], n: int) -> list[NDArray[np.complex128]]:
    """Return exp(-i angle X) on groups of qubits, shape (chains, 2^k, 2^k), first group first."""
    one = np.empty((len(angles), 2, 2), dtype=np.complex128)
    one[:, 0, 0] = one[:, 1, 1] = np.cos(angles)
    one[:, 0, 1] = one[:, 1, 0] = -1j * np.sin(angles)
    sizes = [min(GROUP, n - first) for first in range(0, n, GROUP)]
    return [_power(one, k) for k in sizes]


def _power(one: NDArray[np.complex128], times: int) -> NDArray[np.complex128]:
    """Return the Kronecker power of each matrix."""
    found = one
    for _ in range(times - 1):
        side = found.shape[1] * 2
        found = np.einsum("cij,ckl->cikjl", found, one).reshape(-1, side, side)
    return found


def _turn(
    states: NDArray[np.complex128], turns: list[NDArray[np.complex128]]
) -> NDArray[np.complex128]:
    """Turn all qubits; each group is brought to the end once, so that the order is kept."""
    chains, size = states.shape
    for turn in turns:
        side = turn.shape[1]
        apart = states.reshape(chains, side, size // side).transpose(0, 2, 1)
        states = (apart @ turn[:chains]).reshape(chains, size)  # symmetric: no transpose needed
    return states
