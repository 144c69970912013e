"""Which answers are answers to the same row: by its number, in the same data."""

import numpy as np
import pytest

from qml.benchmarking.judging.judgement import judge
from qml.benchmarking.judging.pairing import block
from tests.benchmarking.worlds import answered, suite

ROWS = 40
SAME = ["a", "a", "a"]
ANEW = ["a", "b", "c"]
UNKNOWN = [None, None, None]


def results(digests, *, moved=False):
    """Answers of two columns, one seed for each digest; `moved` splits each seed anew."""
    rng = np.random.default_rng(0)
    return [
        answered(name, role, "d", seed, rng.random(ROWS) < 0.8, rows, of, train_rows=160)
        for seed, of in enumerate(digests)
        for rows in [np.arange(ROWS) + (10 * seed if moved else 0)]
        for name, role in (("iqp", "quantum"), ("svc", "classical"))
    ]


def blocked(found):
    return block(list(zip(found[::2], found[1::2], strict=True)))


@pytest.mark.parametrize(
    ("digests", "moved", "rows", "share"),
    [
        (SAME, False, ROWS, None),
        (UNKNOWN, False, ROWS, None),
        (SAME, True, ROWS + 20, 0.25),
        (ANEW, False, 3 * ROWS, None),
        (ANEW, True, 3 * ROWS, None),
        (["a", "a", "b"], False, 2 * ROWS, 0.25),
    ],
)
def test_a_row_is_its_number_in_its_data(digests, moved, rows, share):
    found = blocked(results(digests, moved=moved))
    assert len(np.unique(found.rows)) == rows
    assert found.share == share


@pytest.mark.parametrize(("digests", "rows"), [(SAME, ROWS), (ANEW, 3 * ROWS)])
def test_rows_are_counted_by_their_data(digests, rows):
    found = results(digests)
    judged = judge(suite(found), found)
    assert {(c["unit"], c["units"]) for c in judged.comparisons} == {("rows", rows)}


def test_new_rows_of_each_seed_tell_more_than_the_same_rows():
    widths = [
        judge(suite(found), found).columns[0]
        for found in (results(digests) for digests in (SAME, ANEW))
    ]
    same, anew = (column["high"] - column["low"] for column in widths)
    assert anew < 0.7 * same


def test_answers_to_other_data_are_not_paired_by_row():
    found = [answered("iqp", "quantum", "d", s, [True] * ROWS, rows_of="a") for s in range(2)]
    found += [answered("svc", "classical", "d", s, [True] * ROWS, rows_of="b") for s in range(2)]
    [comparison] = judge(suite(found), found).comparisons
    assert comparison["unit"] == "seeds"
