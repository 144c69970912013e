"""Small problems whose Boltzmann distribution is known."""

import numpy as np
import pytest

from qml.algorithms.samplers import Target


def target_of(n, couplings, fields, temperature=1.0) -> Target:
    """Layden's sign: E = - sum J s s - sum h s."""
    matrix = np.zeros((n, n))
    for (i, j), value in couplings.items():
        matrix[i, j] = matrix[j, i] = -value
    return Target(
        names=tuple(range(n)),
        fields=-np.array(fields, dtype=float),
        couplings=matrix,
        offset=0.0,
        temperature=temperature,
    )


@pytest.fixture(scope="session")
def reference() -> Target:
    """The instance with published numbers."""
    couplings = {(0, 1): 1, (0, 2): -1, (0, 3): 0.5, (1, 2): 0.5, (1, 3): -1, (2, 3): 1}
    return target_of(4, couplings, (0.5, -0.25, 0.75, -1))


@pytest.fixture(scope="session")
def ferromagnet() -> Target:
    """A ring of four in fields that all bonds agree with, one spin turned."""
    couplings = {(0, 1): -1.0, (1, 2): -0.5, (2, 3): 0.7, (0, 3): 0.4}
    return target_of(4, couplings, (0.3, -0.2, 0.1, 0.0), 1.5)
