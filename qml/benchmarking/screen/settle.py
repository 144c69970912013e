"""Verdicts on all feature maps of a page, corrected for there being several."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qml.benchmarking.screen.values import Screened
from qml.benchmarking.screen.verdict import Evidence, Verdict, decide
from qml.results.tests import holm

Row = dict[str, Any]
TESTS = ("p", "twin_p")


def settle(found: Sequence[Screened], rows: int) -> list[Screened]:
    """Correct the tests of all feature maps together, and decide each anew.

    Args:
        found: What was measured of each.
        rows: N, the same for all.
    """
    accuracies = corrected([one.accuracy for one in found])
    return [
        replace(one, accuracy=a, verdict=verdict_of(rows, one.geometry, one.complexity, a))
        for one, a in zip(found, accuracies, strict=True)
    ]


def corrected(accuracies: Sequence[Row]) -> list[Row]:
    """Add `p_adjusted` and `twin_p_adjusted`, Holm's over all tests that there are."""
    tests = {
        (place, test): row[f"{test}_value"]
        for place, row in enumerate(accuracies)
        for test in TESTS
        if row[f"{test}_value"] is not None
    }
    adjusted = dict(zip(tests, holm(list(tests.values())), strict=True))
    return [
        {**row, **{f"{test}_adjusted": adjusted.get((place, test)) for test in TESTS}}
        for place, row in enumerate(accuracies)
    ]


def verdict_of(rows: int, geometry: Row, complexity: Row, accuracy: Row) -> Verdict:
    """Decide one feature map by its numbers.

    Args:
        rows: N.
        geometry: With `g`.
        complexity: Of both sides.
        accuracy: Of both sides, with `p_adjusted`.
    """
    return decide(
        Evidence(
            rows=rows,
            g=geometry["g"],
            complexity=complexity["quantum"],
            rival_complexity=complexity["classical"],
            accuracy=accuracy["quantum"],
            rival_accuracy=accuracy["classical"],
            p_value=accuracy["p_adjusted"],
        )
    )
