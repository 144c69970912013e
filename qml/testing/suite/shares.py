"""How the error rate of a suite is shared out, so that the sum holds whatever is run.

Half of the suite's rate belongs to tests that claim a share of their own by a marker. The other
half is cut into equal seats, one for each collected test; there are never fewer than 1,024 seats,
so in a smaller suite a test has the same seat, and needs the same shots, whether it runs alone, in
a selection, or on one of many workers. Within a test the i-th assertion spends 6 / (pi i)**2 of the
test's share: the series adds up to the share, and nobody needs to know how many will follow.

The chance of even one false alarm is at most the sum of what was handed out (Boole's inequality):
nothing is assumed of how tests depend on one another.
"""

from math import pi

SEATS = 1024
"""Seats of a suite that has no more tests."""


def seats(tests: int) -> int:
    """Return the number of equal seats: a power of two, at least `SEATS` and `tests`."""
    return max(SEATS, 1 << max(tests - 1, 0).bit_length())


def seat_share(rate: float, tests: int) -> float:
    """Return the share of a test without a claim.

    Args:
        rate: Error rate of the suite, 0 to 1.
        tests: Number of collected tests.
    """
    return rate / 2 / seats(tests)


def claimable(rate: float) -> float:
    """Return what all claims may add up to."""
    return rate / 2


def assertion_share(share: float, number: int) -> float:
    """Return what the assertion `number`, counted from 1, may spend of its test's share."""
    return share * 6 / (pi * number) ** 2
