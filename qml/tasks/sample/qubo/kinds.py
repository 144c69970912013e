"""What a solver is: classical, circuits, or one of the three things behind D-Wave's name."""

from qml.config import Config

QUANTUM = frozenset({"circuits", "annealer"})
"""Kinds that a verdict may credit as quantum."""
ANNEALING = "dwave"
"""The solver that hands a problem to an annealer instead of running circuits."""


def kind_of(solver: str, quantum: frozenset[str], config: Config) -> str:
    """Return `classical`, `circuits`, `annealer`, `mock` or `hybrid`.

    Args:
        solver: Name.
        quantum: Names of the solvers that use the backend.
        config: Configuration, `[backend]` resolved.
    """
    if solver not in quantum:
        return "classical"
    if solver != ANNEALING:
        return "circuits"
    from qml.backends.device import device_of  # backends import jax; classical runs need none
    from qml.backends.dwave import HYBRID, MOCK, NAME

    device = device_of(config.backend, NAME, config.backend.dwave.device)
    if device == MOCK:
        return "mock"
    return "hybrid" if device.startswith(HYBRID) else "annealer"
