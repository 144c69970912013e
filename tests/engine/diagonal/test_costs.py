"""All energies at once against one at a time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qml.engine.diagonal import bits_of, quadratic_costs
from qml.problems import Arrays


def arrays(wires, seed):
    rng = np.random.default_rng(seed)
    couplings = np.triu(rng.normal(size=(wires, wires)), 1)
    return Arrays(
        names=tuple(range(wires)),
        linear=rng.normal(size=wires),
        couplings=couplings + couplings.T,
        offset=float(rng.normal()),
    )


@given(st.integers(1, 7), st.integers(0, 1000))
def test_energies_are_those_of_the_arrays(wires, seed):
    problem = arrays(wires, seed)
    every = bits_of(np.arange(1 << wires), wires)
    found = quadratic_costs(problem.linear, problem.couplings, problem.offset)
    assert np.allclose(found, problem.objectives(every), atol=1e-12)


def test_the_first_wire_is_the_most_significant_bit():
    assert bits_of(np.array([4, 1]), 3).tolist() == [[1, 0, 0], [0, 0, 1]]
    assert quadratic_costs(np.array([1.0, 0.0]), np.zeros((2, 2))).tolist() == [0, 0, 1, 1]
