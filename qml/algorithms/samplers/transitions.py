"""Transition matrices of samplers on small problems, and their spectral gaps.

Column s' of row s is the probability of going from s to s'; states are in the order of
`exact.all_spins`.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.exact import Exact, all_energies, all_spins
from qml.algorithms.samplers.mean_field import chances_of_up
from qml.algorithms.samplers.quench import Quench, scale, trotter_steps
from qml.algorithms.samplers.target import Target

Matrix = NDArray[np.float64]
MIXINGS = tuple(np.linspace(0.25, 0.6, 6).tolist())
"""Values of gamma that an average takes."""
TIMES = tuple(np.linspace(2.0, 20.0, 10).tolist())
"""Values of t that an average takes."""


def local(n: int) -> Matrix:
    """Return the proposal that flips one spin chosen at random."""
    states = np.arange(2**n)
    found = np.zeros((2**n, 2**n))
    for i in range(n):
        found[states, states ^ (1 << i)] = 1 / n
    return found


def uniform(n: int) -> Matrix:
    """Return the proposal of any state."""
    return np.full((2**n, 2**n), 2.0**-n)


def quantum(
    target: Target, mixings: Iterable[float] = MIXINGS, times: Iterable[float] = TIMES
) -> Matrix:
    """Return the mean of |<s'|exp(-iHt)|s>|^2 over a grid of gamma and t, without Trotter error."""
    listed, total, count = list(times), np.zeros((2**target.size,) * 2), 0
    for mixing in mixings:
        energies, vectors = np.linalg.eigh(hamiltonian(target, mixing))
        for time in listed:
            propagator = (vectors * np.exp(-1j * energies * time)) @ vectors.T
            total += np.abs(propagator) ** 2
            count += 1
    return total / count


def mean_field(target: Target, mixing: float, time: float, step: float = 0.8) -> Matrix:
    """Return the proposal of a quench without entanglement; it is not symmetric."""
    spins, steps = all_spins(target.size), trotter_steps(time, step)
    each = np.ones(len(spins))
    quench = Quench(mixing * each, np.full(len(spins), steps), time / steps * each)
    up = chances_of_up(target, spins, quench)
    return np.asarray(np.exp(np.log(up) @ (spins > 0).T + np.log1p(-up) @ (spins < 0).T))


def long_time(target: Target, mixing: float) -> Matrix:
    """Return the mean proposal over all times, sum_k |<s|k>|^2 |<s'|k>|^2."""
    _, vectors = np.linalg.eigh(hamiltonian(target, mixing))
    return np.asarray(vectors**2 @ (vectors**2).T)


def hamiltonian(target: Target, mixing: float) -> Matrix:
    """Return (1 - gamma) alpha H_prob + gamma sum X, shape (2^n, 2^n), real and symmetric."""
    n = target.size
    energies = all_energies(target) - target.offset
    return np.diag((1 - mixing) * scale(target) * energies) + mixing * n * local(n)


def metropolis_hastings(target: Target, proposal: Matrix) -> Matrix:
    """Return the chain of a proposal Q, accepted with min(1, pi' Q(s|s') / pi Q(s'|s))."""
    p = Exact.of(target).probabilities
    forward = p[:, None] * proposal
    with np.errstate(divide="ignore", invalid="ignore"):
        accepted = np.where(forward > 0, np.minimum(1.0, forward.T / forward), 0.0)
    found = proposal * accepted
    np.fill_diagonal(found, 0.0)
    np.fill_diagonal(found, 1 - found.sum(axis=1))
    return found


def spectral_gap(transition: Matrix, probabilities: NDArray[np.float64]) -> float:
    """Return 1 - max |eigenvalue| without the leading 1, of a reversible chain."""
    root = np.sqrt(probabilities)
    values = np.linalg.eigvalsh(root[:, None] * transition / root)
    return float(1 - max(abs(values[0]), abs(values[-2])))


def imbalance(transition: Matrix, probabilities: NDArray[np.float64]) -> float:
    """Return the largest violation of detailed balance, |pi P - (pi P)^T|."""
    flow = probabilities[:, None] * transition
    return float(np.abs(flow - flow.T).max())


def random_target(rng: np.random.Generator, n: int, temperature: float = 1.0) -> Target:
    """Draw h, then J, from N(0, 1): the fully connected spin glass of Layden et al."""
    fields = rng.normal(size=n)
    couplings = np.triu(rng.normal(size=(n, n)), 1)
    return Target(
        names=tuple(range(n)),
        fields=-fields,
        couplings=-(couplings + couplings.T),
        offset=0.0,
        temperature=temperature,
    )


def exponent(sizes: Iterable[int], gaps: Iterable[float]) -> float:
    """Return k of the least-squares fit of the gaps to 2^(-k n)."""
    slope, _ = np.polyfit(list(sizes), np.log2(list(gaps)), 1)
    return float(-slope)


def instances(seed: int, sizes: Iterable[int], count: int) -> Iterator[tuple[int, Target]]:
    """Yield so many random problems of each size, all from one stream of random numbers."""
    rng = np.random.default_rng(seed)
    for n in sizes:
        for _ in range(count):
            yield n, random_target(rng, n)
