"""The quench of QeMCMC as circuits."""

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.quench import Quench, scale, trotter_steps
from qml.algorithms.samplers.target import Target
from qml.circuits import Circuit, Gate
from qml.results.counts import Counts


def quench_circuits(target: Target, spins: NDArray[np.int8], quench: Quench) -> list[Circuit]:
    """Return one circuit for each chain, to be measured in the computational basis.

    Layers of rx stand at both ends; the diagonal layers that a symmetric Trotter product has there
    would only turn phases, and are left out.

    Args:
        target: The problem.
        spins: Where the chains stand, shape (chains, n).
        quench: Parameters of each chain.
    """
    rows = zip(spins, quench.mixing, quench.steps, quench.length, strict=True)
    return [_circuit(target, s, float(g), int(r), float(dt)) for s, g, r, dt in rows]


def chosen(rng: np.random.Generator, counts: Counts) -> NDArray[np.int8]:
    """Return the spins of one shot; a random one where a machine made several."""
    bits, times = counts.arrays()
    row = rng.choice(len(bits), p=times / times.sum()) if len(bits) > 1 else 0
    return np.asarray(1 - 2 * bits[row], dtype=np.int8)


def example(target: Target, mixing: float, time: float, step: float) -> Circuit:
    """Return a circuit of one time, to be counted and priced; every other spin is down."""
    spins = np.where(np.arange(target.size) % 2, 1, -1).astype(np.int8)
    steps = trotter_steps(time, step)
    return _circuit(target, spins, mixing, steps, time / steps)


def _circuit(
    target: Target, spins: NDArray[np.int8], mixing: float, steps: int, length: float
) -> Circuit:
    n = target.size
    # turning |0> by pi more prepares a spin that is down, up to a phase, at no gate of its own
    first = [
        Gate("rx", (i,), (2 * mixing * length + (np.pi if s < 0 else 0.0),))
        for i, s in enumerate(spins.tolist())
    ]
    field = [Gate("rx", (i,), (2 * mixing * length,)) for i in range(n)]
    problem = _problem_layer(target, 2 * (1 - mixing) * length * scale(target))
    return Circuit.of(n, [*first, *((*problem, *field) * (steps - 1))])


def _problem_layer(target: Target, angle: float) -> list[Gate]:
    """Return exp(-i angle E(Z) / 2) without the constant."""
    single = [Gate("rz", (i,), (angle * h,)) for i, h in enumerate(target.fields.tolist()) if h]
    pairs = np.argwhere(np.triu(target.couplings)).tolist()
    return single + [
        Gate("rzz", (i, j), (angle * float(target.couplings[i, j]),)) for i, j in pairs
    ]
