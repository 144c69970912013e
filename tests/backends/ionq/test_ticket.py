import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.backends.ionq.ticket import MOST_RUNS, Ticket, key_of, packed, unpacked
from qml.errors import ProviderError

WIDTHS = st.lists(st.integers(1, 36), min_size=1, max_size=60).map(tuple)


def test_widths_are_written_shortly():
    assert packed((3, 3, 3, 2, 3)) == "3x3 2 3"
    assert unpacked("29x5000") == (29,) * 5000


@given(WIDTHS, st.integers(0, 2**63 - 1))
def test_a_ticket_is_read_as_it_was_written(wires, seed):
    ticket = Ticket("key", seed, 100, wires, 5, 6)
    assert Ticket.read("job", {**ticket.metadata(), "shots": "100"}) == ticket


def test_values_are_short_and_keys_are_few():
    """Ten keys at most, of which qiskit-ionq takes four; 400 characters in the stricter text."""
    longest = [36, 35] * (MOST_RUNS // 2)
    many = tuple(w for w in longest for _ in range(100))
    ticket = Ticket("0" * 36, 2**63 - 1, 10**6, many, 150_000, 150_000)
    assert len(ticket.metadata()) <= 6
    assert all(len(v) <= 400 and len(k) <= 40 for k, v in ticket.metadata().items())


@pytest.mark.parametrize("metadata", [None, {}, {"qml_gates": "1"}, [], {"qml_gates": 3}])
def test_a_job_of_somebody_else_is_refused(metadata):
    with pytest.raises(ProviderError, match="job j7 of IonQ was not sent by qml"):
        Ticket.read("j7", metadata)


def test_keys_of_listed_jobs():
    assert key_of({"metadata": {"qml_key": "a"}}) == "a"
    for job in ({}, {"metadata": None}, {"metadata": {"qml_key": 3}}, {"metadata": {}}):
        assert key_of(job) is None
