import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom

from qml.errors import DataError
from qml.results.tests import fisher_exact, holm, mcnemar_exact


@pytest.mark.parametrize(
    "only_a, only_b, p",
    [
        (0, 0, 1.0),
        (3, 3, 1.0),
        (0, 1, 1.0),
        (0, 5, 2 / 32),
        (0, 6, 2 / 64),
        (1, 7, 2 * (1 + 8) / 256),
        (2, 8, 2 * (1 + 10 + 45) / 1024),
    ],
)
def test_mcnemar_by_hand(only_a, only_b, p):
    assert mcnemar_exact(only_a, only_b) == pytest.approx(p, rel=1e-12)


@given(st.integers(0, 400), st.integers(0, 400))
def test_mcnemar_is_scipys_binomial_test(only_a, only_b):
    if only_a + only_b:
        theirs = binomtest(only_a, only_a + only_b, 0.5).pvalue
        assert mcnemar_exact(only_a, only_b) == pytest.approx(theirs, rel=1e-9)
    assert mcnemar_exact(only_a, only_b) == mcnemar_exact(only_b, only_a)


def test_mcnemar_refuses_negative_counts():
    with pytest.raises(DataError):
        mcnemar_exact(-1, 3)


def test_fisher_on_the_lady_tasting_tea():
    # R. A. Fisher, The Design of Experiments (1935): three of four cups right, p = 34/70 two-sided
    assert fisher_exact(3, 4, 1, 4) == pytest.approx(34 / 70)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_fisher_sums_the_tables_that_are_no_likelier(rows_a, rows_b, data):
    right_a, right_b = data.draw(st.integers(0, rows_a)), data.draw(st.integers(0, rows_b))
    table = hypergeom(rows_a + rows_b, right_a + right_b, rows_a)
    seen = table.pmf(right_a) * (1 + 1e-9)
    p = sum(q for k in range(rows_a + 1) if (q := table.pmf(k)) <= seen)
    assert fisher_exact(right_a, rows_a, right_b, rows_b) == pytest.approx(p, abs=1e-9)


def test_fisher_refuses_impossible_counts():
    with pytest.raises(DataError):
        fisher_exact(5, 4, 1, 4)


def test_holm_by_hand():
    # sorted .005 .01 .03 .04, times 4 3 2 1: .02 .03 .06 .04, made monotone
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_is_monotone_and_never_below_the_raw_values(raw):
    adjusted = holm(raw)
    assert all(p <= q <= 1 for p, q in zip(raw, adjusted, strict=True))
    in_order = [adjusted[i] for i in sorted(range(len(raw)), key=raw.__getitem__)]
    assert in_order == sorted(in_order)
    assert all(q <= min(1.0, len(raw) * p) + 1e-15 for p, q in zip(raw, adjusted, strict=True))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.randoms())
def test_holm_does_not_depend_on_the_order(raw, random):
    order = list(range(len(raw)))
    random.shuffle(order)
    adjusted = holm(raw)
    assert holm([raw[i] for i in order]) == [adjusted[i] for i in order]


def test_holm_refuses_what_is_no_probability():
    with pytest.raises(DataError):
        holm([0.5, 1.5])
