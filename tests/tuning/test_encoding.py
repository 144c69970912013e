import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.tuning.encoding import seen


@given(st.data())
def test_settings_survive_the_way_to_bits_and_back(encoding_of, data):
    sizes = data.draw(st.lists(st.integers(2, 6), min_size=1, max_size=6))
    optional = data.draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    encoding = encoding_of(sizes, optional)
    levels = np.array([data.draw(st.integers(0, n - 1)) for n in encoding.sizes])
    bits = encoding.onehot(levels[None])
    assert bits.sum() == len(sizes)
    assert all(group.holds(bits)[0] for group in encoding.groups())
    assert (encoding.levels(bits[0]) == levels).all()
    params = encoding.decode(levels, np.random.default_rng(0))
    assert (encoding.encode(params) == levels).all()
    absent = [c.name not in params for c in encoding.columns]
    assert absent == [
        o and x == n - 1 for o, x, n in zip(optional, levels, encoding.sizes, strict=True)
    ]


def test_a_parameter_that_is_always_there_must_be_there(encoding_of):
    with pytest.raises(KeyError):
        encoding_of([2, 3]).encode({"p0": "v0"})


def test_groups_part_the_bits(encoding_of):
    encoding = encoding_of([2, 3, 4], [False, True, False])
    members = [i for group in encoding.groups() for i in group.members]
    assert members == list(range(2 + 4 + 4))
    assert (~encoding.between()).sum() == 4 + 16 + 16


def test_likeness_is_a_covariance_and_only_within_parameters(encoding_of):
    encoding = encoding_of([5, 3], ordered=True)
    likeness = encoding.likeness(0.5)
    assert np.linalg.eigvalsh(likeness).min() > 0
    assert (likeness[encoding.between()] == 0).all()
    assert likeness[0, 1] == pytest.approx(np.exp(-0.5 * 0.25))
    assert (encoding_of([5, 3]).likeness(0.5) == np.eye(8)).all()


def test_counts_of_levels():
    counts = seen(np.array([[0, 2], [0, 1]]), (2, 3))
    assert [c.tolist() for c in counts] == [[2, 0], [0, 1, 1]]
