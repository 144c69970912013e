"""Says in words how the quantum model stands to its classical baselines."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.results.outcome import BaselineOutcome, Comparison
from qml.results.tests import holm, mcnemar_exact

SIGNIFICANCE = 0.05
"""Chance of even one false claim over all baselines of a run."""


def compare(
    correct_quantum: NDArray[np.bool_], correct_baselines: Mapping[str, NDArray[np.bool_]]
) -> dict[str, Comparison]:
    """Test the quantum model against each baseline on the same test rows.

    Args:
        correct_quantum: Whether the quantum model got each test row right, shape (rows,), bool.
        correct_baselines: The same for each baseline, by name.

    Returns:
        Exact McNemar tests by name, p-values raw and after Holm's correction over all baselines.

    Raises:
        DataError: The answers are not over the same number of rows, or there are none.
    """
    raw = {
        name: _mcnemar(correct_quantum, correct, name)
        for name, correct in correct_baselines.items()
    }
    adjusted = dict(zip(raw, holm(list(raw.values())), strict=True))
    return {
        name: Comparison(
            difference=float(correct_quantum.mean()) - float(correct.mean()),
            p_value=raw[name],
            p_adjusted=adjusted[name],
        )
        for name, correct in correct_baselines.items()
    }


def verdict(test_accuracy: float, rows: int, baselines: Sequence[BaselineOutcome]) -> str:
    """State the comparison in one sentence.

    It speaks of the best baseline, the one with the highest test accuracy, and then of others whose
    difference is significant. Since Holm's correction covers all baselines at once, it does not
    matter that the best is known only from the test rows. A difference that is not significant is
    never called one.

    Args:
        test_accuracy: Of the quantum model.
        rows: Number of test rows.
        baselines: All outcomes of the run; trained ones carry a comparison.

    Returns:
        E.g. `No difference shown: 0.956 against 0.964 of mlp (360 test rows, exact McNemar p = 0.63
        after Holm).`
    """
    trained = {b.name: (b, b.comparison) for b in baselines if b.comparison is not None}
    if not trained:
        return _nothing(baselines)
    # of equally accurate baselines, the one with the clearest difference
    best, against = min(
        trained.values(), key=lambda pair: (-pair[0].metrics["test_accuracy"], pair[1].p_adjusted)
    )
    digits = 3 if rows <= 1_000 else 4  # noqa: PLR2004 - so that one row shows
    ours, theirs = (f"{a:.{digits}f}" for a in (test_accuracy, best.metrics["test_accuracy"]))
    evidence = f"({rows:,} test rows, exact McNemar {_p(against)} after Holm)"
    others = {name: found for name, (_, found) in trained.items() if name != best.name}
    if not _significant(against):
        head = f"No difference shown: {ours} against {theirs} of {best.name} {evidence}"
    else:
        word = "Better" if against.difference > 0 else "Worse"
        head = f"{word} than {best.name}: {ours} against {theirs} {evidence}"
    return f"{head}{_others(others)}."


def _mcnemar(quantum: NDArray[np.bool_], baseline: NDArray[np.bool_], name: str) -> float:
    if quantum.shape != baseline.shape or quantum.ndim != 1 or not quantum.size:
        raise DataError(
            f"the answers of the model {quantum.shape} and of `{name}` {baseline.shape} "
            "are not over the same test rows"
        )
    return mcnemar_exact(int((quantum & ~baseline).sum()), int((baseline & ~quantum).sum()))


def _nothing(baselines: Sequence[BaselineOutcome]) -> str:
    reasons = "; ".join(f"{b.name}: {b.skipped}" for b in baselines if b.skipped)
    because = f" ({reasons})" if reasons else ""
    return f"Not compared: no baseline was trained{because}."


def _significant(comparison: Comparison) -> bool:
    return comparison.p_adjusted < SIGNIFICANCE


def _others(comparisons: Mapping[str, Comparison]) -> str:
    """Return clauses on the other baselines whose difference is significant."""
    found = {name: c for name, c in comparisons.items() if _significant(c)}
    clauses = []
    for word, sign in (("better", 1), ("worse", -1)):
        names = [f"{name} ({_p(c)})" for name, c in found.items() if c.difference * sign > 0]
        if names:
            clauses.append(f"; {word} than {' and '.join(names)}")
    return "".join(clauses)


def _p(comparison: Comparison) -> str:
    p = comparison.p_adjusted
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"  # noqa: PLR2004 - as papers print it
