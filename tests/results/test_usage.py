from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from qml.results.usage import Usage

usages = st.builds(
    Usage,
    submissions=st.integers(0, 9),
    circuits=st.integers(0, 999),
    shots=st.integers(0, 10**9),
    one_qubit=st.integers(0, 10**6),
    two_qubit=st.integers(0, 10**6),
    seconds=st.floats(0, 1e6),
)


@given(usages, usages)
def test_every_amount_is_added(one, other):
    sums = tuple(a + b for a, b in zip(astuple(one), astuple(other), strict=True))
    assert astuple(one + other) == sums
    assert one + Usage() == one
