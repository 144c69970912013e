import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

from qml.tuning.columns import LEVELS, column_of, cut, from_unit, unit

FLOATS = st.one_of(
    st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6)).map(
        lambda p: FloatDistribution(p[0], p[0] + p[1])
    ),
    st.tuples(st.floats(1e-8, 1e3), st.floats(1.01, 1e6)).map(
        lambda p: FloatDistribution(p[0], p[0] * p[1], log=True)
    ),
    st.tuples(st.integers(-20, 20), st.integers(1, 40), st.sampled_from([0.25, 0.5, 2.0])).map(
        lambda p: FloatDistribution(p[0], p[0] + p[1] * p[2], step=p[2])
    ),
)
INTS = st.one_of(
    st.tuples(st.integers(-1000, 1000), st.integers(1, 5000), st.integers(1, 7)).map(
        lambda p: IntDistribution(p[0], p[0] + p[1] * p[2], step=p[2])
    ),
    st.tuples(st.integers(1, 50), st.integers(1, 5000)).map(
        lambda p: IntDistribution(p[0], p[0] + p[1], log=True)
    ),
)
CHOICES = st.lists(
    st.one_of(st.none(), st.text(max_size=3), st.integers(2, 99)), min_size=2, unique=True
).map(CategoricalDistribution)


@given(st.one_of(FLOATS, INTS, CHOICES), st.lists(st.floats(0, 1), max_size=20), st.integers(0))
def test_each_level_has_allowed_values_that_lead_back_to_it(distribution, good, seed):
    column = column_of("p", distribution, np.array(good))
    rng = np.random.default_rng(seed)
    for level in range(len(column)):
        value = column.value(level, rng)
        assert distribution._contains(distribution.to_internal_repr(value))
        if column.exact:
            assert column.level(value) == level
    assert distribution._contains(distribution.to_internal_repr(value))


@given(FLOATS, st.floats(0, 1))
def test_places_of_numbers_lead_back_to_them(distribution, place):
    value = from_unit(distribution, place)
    again = from_unit(distribution, unit(distribution, value))
    assert again == pytest.approx(value, rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(0, 1), max_size=40))
def test_cells_fill_the_range_and_are_finer_where_good_values_are(good):
    edges = cut(np.array(good))
    assert edges[0] == 0
    assert edges[-1] == 1
    assert (np.diff(edges) > 0).all()


def test_cells_gather_around_good_values():
    edges = cut(np.full(9, 0.3) + np.linspace(-0.01, 0.01, 9))
    inside = np.sum((edges > 0.24) & (edges < 0.36))
    assert inside >= LEVELS // 2 - 1
    assert np.allclose(cut(np.empty(0)), np.linspace(0, 1, LEVELS + 1))


@pytest.mark.parametrize(
    ("distribution", "levels", "ordered"),
    [
        (CategoricalDistribution(["relu", "tanh"]), 2, False),
        (CategoricalDistribution([8, 16, 32]), 3, True),
        (CategoricalDistribution([16, 8, 32]), 3, False),
        (CategoricalDistribution([False, True]), 2, False),
        (IntDistribution(1, 4), 4, True),
        (IntDistribution(0, 1000), LEVELS, True),
        (FloatDistribution(0, 1, step=0.25), 5, True),
        (FloatDistribution(1e-5, 1e-1, log=True), LEVELS, True),
    ],
)
def test_numbers_have_an_order_and_names_have_none(distribution, levels, ordered):
    column = column_of("p", distribution)
    assert len(column) == levels
    assert (column.places is not None) is ordered


def test_a_logarithmic_range_is_cut_evenly_on_its_scale():
    column = column_of("lr", FloatDistribution(1e-4, 1e0, log=True))
    assert column.level(1e-4) == 0
    assert column.level(0.999) == LEVELS - 1
    assert column.level(0.0101) == LEVELS // 2
