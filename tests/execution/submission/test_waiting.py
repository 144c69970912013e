import pytest

from qml.errors import InterruptedRunError
from qml.execution.stop import StopRequest
from qml.execution.submission.waiting import SLICE, Patience
from qml.testing.fake_vendor import FakeClock


def test_it_waits_as_long_as_it_is_told():
    clock = FakeClock()
    Patience(clock, None, clock.sleep).wait(12.34)
    assert clock.slept == pytest.approx(12.34)


def test_a_jump_of_the_wall_clock_is_no_time():
    clock = FakeClock()

    def sleep(seconds):
        clock.sleep(seconds)
        clock.jump(-1e9)

    Patience(clock, None, sleep).wait(1.0)
    assert clock.slept == pytest.approx(1.0)


def test_a_stop_is_heard_within_a_slice():
    clock, stop = FakeClock(), StopRequest()

    def sleep(seconds):
        clock.sleep(seconds)
        stop.requested = clock.slept > 3

    with pytest.raises(InterruptedRunError):
        Patience(clock, stop, sleep).wait(1000)
    assert clock.slept < 3 + 2 * SLICE


@pytest.mark.parametrize("seconds", [0.0, -5.0])
def test_no_time_is_no_sleep(seconds):
    clock = FakeClock()
    Patience(clock, None, clock.sleep).wait(seconds)
    assert clock.slept == 0
