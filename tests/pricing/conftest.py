from collections.abc import Callable

import pytest

from qml.pricing import CircuitSize, JobSize, Tariffs


def sized(
    one: int = 0, two: int = 0, *, shots: int = 1, circuits: int = 1, measured: int = 0, **options
) -> JobSize:
    circuit = CircuitSize(one_qubit=one, two_qubit=two, measured=measured)
    return JobSize(circuits=(circuit,) * circuits, shots=shots, **options)


@pytest.fixture
def job() -> Callable[..., JobSize]:
    """A job of equal circuits: gates on one and two qubits, then keywords."""
    return sized


@pytest.fixture
def shipped() -> Tariffs:
    """The tariffs that are shipped."""
    return Tariffs.load()
