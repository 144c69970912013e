"""How many samples a statement needs."""

from math import ceil, log

from qml.errors import DataError


def weissman_shots(outcomes: int, epsilon: float, delta: float) -> int:
    """Return how many shots pin a distribution down in total variation.

    The empirical distribution p̂ of n shots over K outcomes obeys P(‖p̂ - p‖₁ >= ε) <= 2^K exp(-n
    ε²/2), so with probability at least 1 - δ it is closer than ε after

        n = ⌈2 (K ln 2 + ln(1/δ)) / ε²⌉.

    The total variation distance is ε/2.

    Args:
        outcomes: Number of distinct outcomes K, at least 1; 2**wires for a full read-out.
        epsilon: Largest L1 distance, in (0, 2].
        delta: Chance of missing it, in (0, 1).

    Returns:
        Number of shots.

    Raises:
        DataError: An argument is out of its range.

    References:
        T. Weissman et al., HP Laboratories, HPL-2003-97R1 (2003), theorem 2.1.
    """
    if outcomes < 1 or not 0 < epsilon <= 2 or not 0 < delta < 1:  # noqa: PLR2004 - L1 is at most 2
        raise DataError(
            f"outcomes = {outcomes}, epsilon = {epsilon}, delta = {delta} is out of range",
            hint="outcomes >= 1, 0 < epsilon <= 2, 0 < delta < 1",
        )
    return ceil(2 * (outcomes * log(2) + log(1 / delta)) / epsilon**2)
