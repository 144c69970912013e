import pytest

from qml.testing.suite.shares import SEATS, assertion_share, claimable, seat_share, seats


def test_small_suites_have_the_same_seats():
    assert seats(0) == seats(1) == seats(1024) == SEATS == 1024
    assert seats(1025) == seats(2048) == 2048


@pytest.mark.parametrize("tests", [1, 17, 1024, 1025, 5000])
def test_seats_and_claims_never_add_up_to_more_than_the_rate(tests):
    assert tests * seat_share(1e-6, tests) + claimable(1e-6) <= 1e-6


def test_the_assertions_of_a_test_add_up_to_its_share_however_many_they_are():
    total = sum(assertion_share(0.01, i) for i in range(1, 100_000))
    assert 0.00999 < total < 0.01
