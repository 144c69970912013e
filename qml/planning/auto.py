"""`backend.name = "auto"`: the fastest backend that can do the work, by measured crossover.

The numbers come from `bench/crossover.py`, which anyone can run again on their own machine.
"""

from typing import NamedTuple

from qml.config.sections import BackendSection

LARGEST_ON_ENGINE = 22
"""Most qubits measured: there a training step on the engine took 4.8 s, Lightning's adjoint 26 s.

Above, the states that the engine's derivative keeps outgrow a workstation; Lightning keeps two.
"""
LARGEST_DENSITY_MATRIX = 12
"""Qubits up to which the `aer` backend is exact under noise, by a density matrix."""


class Choice(NamedTuple):
    """A backend and why.

    Attributes:
        name: Registered name.
        reason: One sentence.
    """

    name: str
    reason: str


def choose(section: BackendSection, qubits: int, available: frozenset[str]) -> Choice:
    """Pick a backend.

    Args:
        section: `[backend]`.
        qubits: Wires of the circuits.
        available: Names of backends whose packages are installed.
    """
    if not section.noise.silent:
        return _noisy(qubits, available)
    if qubits <= LARGEST_ON_ENGINE or "lightning" not in available:
        return Choice(
            "jax",
            f"the engine is fastest up to {LARGEST_ON_ENGINE} qubits, the most that were measured",
        )
    if section.shots and "qsim" in available:
        return Choice("qsim", f"sampled circuits above {LARGEST_ON_ENGINE} qubits")
    return Choice("lightning", f"adjoint gradients above {LARGEST_ON_ENGINE} qubits")


def _noisy(qubits: int, available: frozenset[str]) -> Choice:
    if "aer" in available and qubits <= LARGEST_DENSITY_MATRIX:
        return Choice("aer", f"a density matrix is exact up to {LARGEST_DENSITY_MATRIX} qubits")
    return Choice("qsim", "noise by trajectories")
