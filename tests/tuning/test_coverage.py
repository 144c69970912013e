import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qml.tuning.coverage import covers, next_cover
from qml.tuning.encoding import seen


@given(
    st.lists(st.integers(2, 6), min_size=1, max_size=5),
    st.lists(st.integers(0, 1), max_size=6),
    st.integers(0, 99),
)
def test_every_level_is_tried_whatever_went_before(encoding_of, sizes, before, seed):
    encoding = encoding_of(sizes)
    rng = np.random.default_rng(seed)
    rows = [[level] * len(sizes) for level in before]
    for _ in range(max(sizes)):
        begun = np.array(rows, dtype=np.intp).reshape(len(rows), len(sizes))
        rows.append(next_cover(encoding, begun, rng).tolist())
    counts = seen(np.array(rows), encoding.sizes)
    assert all((count > 0).all() for count in counts)
    if not before:
        assert all(np.ptp(count) <= 1 for count in counts)


def test_absence_is_not_covered(encoding_of):
    encoding = encoding_of([2, 2], [True, True])
    rng = np.random.default_rng(0)
    rows = [next_cover(encoding, np.empty((0, 2), dtype=np.intp), rng) for _ in range(20)]
    assert np.max(rows) == 1


def test_a_design_is_as_long_as_the_longest_list(encoding_of):
    assert covers(encoding_of([2, 12]), 10) == 12
    assert covers(encoding_of([2, 3]), 10) == 10
