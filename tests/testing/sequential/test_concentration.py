from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.testing.sequential.concentration import radius, shots_for, spread, tail
from qml.testing.statistics import shots_needed

WIDE = 1e9  # a spread at which Weissman's bound is the smaller one


@pytest.mark.parametrize("outcomes, shots", [(4, 3318), (16, 4982), (64, 11636), (256, 38253)])
def test_the_published_numbers_of_shots(outcomes, shots):
    assert shots_needed(outcomes, 0.1, 1e-6) == shots
    assert shots_for(outcomes, WIDE, 0.1, 1e-6) == shots


def test_few_likely_outcomes_of_many_need_few_shots():
    ghz = np.zeros(256)
    ghz[[0, -1]] = 0.5
    assert spread(ghz) == pytest.approx(1)
    assert shots_for(256, spread(ghz), 0.1, 1e-6) == 3915
    assert (1 + sqrt(2 * log(1e6))) ** 2 / 0.01 == pytest.approx(3914.4, abs=0.1)


@given(st.integers(0, 10_000), st.floats(0, 0.3))
def test_the_spread_holds_for_every_distribution_within_the_tolerance(seed, tolerance):
    random = np.random.default_rng(seed)
    one, other = random.dirichlet(np.full(8, 0.3), 2)
    apart = np.abs(one - other).sum() / 2
    near = one + (other - one) * min(1, tolerance / apart)
    bound = spread(one, tolerance)
    assert np.sqrt(near * (1 - near)).sum() <= bound + 1e-9
    assert bound <= sqrt(7)


@pytest.mark.parametrize("outcomes, width", [(16, WIDE), (256, 1.0)])
def test_the_tail_meets_delta_at_the_radius(outcomes, width):
    reach = radius(outcomes, width, 5000, 1e-8)
    assert tail(outcomes, width, 5000, reach, 1e-8) == pytest.approx(1e-8)
    assert (
        tail(outcomes, width, 5000, reach * 1.1, 1e-8)
        < 1e-8
        < tail(outcomes, width, 5000, reach * 0.9, 1e-8)
    )


def test_frequencies_keep_within_the_radius():
    random = np.random.default_rng(0)
    for p in (np.full(16, 1 / 16), random.dirichlet(np.full(16, 0.2)), np.eye(16)[3]):
        errors = np.abs(random.multinomial(2000, p, 4000) / 2000 - p).sum(axis=1)
        assert (errors > radius(16, spread(p), 2000, 0.05)).mean() <= 0.05
