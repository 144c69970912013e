import itertools

from qml.execution.submission.draft import State, allowed


def test_final_states_are_left_by_nobody():
    for old, new in itertools.product(State, State):
        if old.final and old != new:
            assert not allowed(old, new)


def test_a_state_may_be_written_again():
    assert all(allowed(state, state) for state in State)


def test_what_is_unsure_is_never_refused_or_sent_at_once():
    assert not allowed(State.UNKNOWN, State.SENDING)
    assert not allowed(State.UNKNOWN, State.REFUSED)
    assert not allowed(State.INTENDED, State.SUBMITTED)
