"""Exact tests for two classifiers, and Holm's correction for several of them."""

from collections.abc import Sequence

from scipy.special import bdtr

from qml.errors import DataError


def mcnemar_exact(only_a: int, only_b: int) -> float:
    """Return the two-sided p-value of McNemar's exact test on paired rows.

    Both models answered the same rows. Rows on which both are right, or both wrong, say nothing
    about a difference; of the n = only_a + only_b others, under the null hypothesis of equal
    accuracy each model wins with probability 1/2, so

        p = min(1, 2 P(X <= min(only_a, only_b))),  X ~ Binomial(n, 1/2).

    Args:
        only_a: Rows that only model A got right.
        only_b: Rows that only model B got right.

    Returns:
        p-value in (0, 1]; 1 where the models are right on the same rows.

    Raises:
        DataError: A count is negative.

    References:
        Q. McNemar, Psychometrika 12 (1947) 153; T. G. Dietterich, Neural Comput. 10 (1998) 1895.
    """
    if only_a < 0 or only_b < 0:
        raise DataError(f"counts of rows cannot be negative: {only_a}, {only_b}")
    return min(1.0, 2 * float(bdtr(min(only_a, only_b), only_a + only_b, 0.5)))


def fisher_exact(right_a: int, rows_a: int, right_b: int, rows_b: int) -> float:
    """Return the two-sided p-value of Fisher's exact test of two accuracies.

    For models whose answers row by row are not known. Where both in truth answered the same rows
    the test is conservative: it ignores that their errors go together.

    Args:
        right_a: Rows that model A got right.
        rows_a: Rows that model A answered, at least 1.
        right_b: Rows that model B got right.
        rows_b: Rows that model B answered, at least 1.

    Returns:
        p-value in (0, 1].

    Raises:
        DataError: A count is out of its range.

    References:
        R. A. Fisher, J. R. Stat. Soc. 85 (1922) 87.
    """
    import numpy as np
    from scipy.stats import fisher_exact as exact_test  # scipy.stats takes half a second to load

    for right, rows in ((right_a, rows_a), (right_b, rows_b)):
        if rows < 1 or not 0 <= right <= rows:
            raise DataError(f"{right} right answers do not fit into {rows} rows")
    table = np.array([[right_a, rows_a - right_a], [right_b, rows_b - right_b]])
    return min(1.0, float(exact_test(table).pvalue))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values of several tests by Holm's step-down method.

    With p_(1) <= ... <= p_(m), the adjusted value of the i-th is max_{j <= i} min(1, (m - j + 1)
    p_(j)). To call a test significant where its adjusted value is below 0.05 keeps the chance of
    even one false claim at 0.05, whatever the dependence between the tests.

    Args:
        p_values: Raw p-values, each in [0, 1], in any order.

    Returns:
        Adjusted p-values in the order given, each at least the raw one and at most 1.

    Raises:
        DataError: A value lies outside [0, 1].

    References:
        S. Holm, Scand. J. Stat. 6 (1979) 65.
    """
    if not all(0 <= p <= 1 for p in p_values):
        raise DataError(f"p-values must lie between 0 and 1: {list(p_values)}")
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return adjusted
