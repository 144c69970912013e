"""Trains the baselines one after the other and stands them beside the quantum model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qml import plugins
from qml.algorithms.baselines.base import Baseline, Fitted, Problem, Skipped
from qml.errors import PluginError, QmlError
from qml.ports import Progress
from qml.results.intervals import wilson
from qml.results.outcome import BaselineOutcome
from qml.results.verdict import compare


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rival:
    """A baseline's outcome, with what a paired test needs.

    Attributes:
        outcome: Its row of the table, not yet compared.
        correct: Whether it got each test row right, shape (test rows,), bool; None where skipped.
        predicted: Its answers for the test rows, shape (test rows,); None where skipped.
    """

    outcome: BaselineOutcome
    correct: NDArray[np.bool_] | None = None
    predicted: NDArray[np.integer] | None = None


def run_baselines(names: Sequence[str], problem: Problem, progress: Progress) -> list[Rival]:
    """Train baselines by name.

    Names are looked up before anything is trained. One that fails while training loses neither the
    run nor the others: its error is said, and stands in the table where its numbers would be.

    Args:
        names: Registered names, in the order of the table.
        problem: Rows and budget.
        progress: Shows which one is at work.

    Returns:
        One rival a name.

    Raises:
        PluginError: A name is unknown, or its plug-in does not load.
    """
    found = {name: plugins.load("baselines", name) for name in names}
    rivals = []
    with progress.bar("baselines", len(found)) as bar:
        for name, baseline in found.items():
            rivals.append(_run(name, baseline, problem, progress))
            bar.advance(1, baseline=name)
    return rivals


def train_baseline(name: str, baseline: Baseline, problem: Problem) -> Rival:
    """Train one baseline.

    Args:
        name: Its registered name.
        baseline: What its entry point names.
        problem: Rows and budget.

    Returns:
        Its outcome.

    Raises:
        PluginError: It failed in a way of its own; errors of qml pass as they are.
    """
    try:
        # its matrices are small: a second thread of the linear algebra only slows it down
        with threadpool_limits(limits=1):
            fitted = baseline(problem)
    except QmlError:
        raise
    except Exception as error:  # a plug-in may fail in any way; name it
        raise PluginError(
            f"the baseline `{name}` failed: {type(error).__name__}: {error}",
            hint=f"leave `{name}` out of baselines.names",
        ) from error
    return _rival(name, fitted, problem)


def stand_beside(
    correct: NDArray[np.bool_], rivals: Sequence[Rival]
) -> tuple[BaselineOutcome, ...]:
    """Compare the quantum model with every trained rival.

    Args:
        correct: Whether the quantum model got each test row right, shape (test rows,), bool.
        rivals: What `run_baselines` returned.

    Returns:
        The rivals' outcomes in their order; `comparison` is set where one was trained.
    """
    answers = {r.outcome.name: r.correct for r in rivals if r.correct is not None}
    comparisons = compare(correct, answers)
    return tuple(replace(r.outcome, comparison=comparisons.get(r.outcome.name)) for r in rivals)


def _run(name: str, baseline: Baseline, problem: Problem, progress: Progress) -> Rival:
    try:
        return train_baseline(name, baseline, problem)
    except QmlError as error:
        progress.say(error.message)
        return Rival(outcome=BaselineOutcome(name=name, skipped=error.message))


def _rival(name: str, fitted: Fitted | Skipped, problem: Problem) -> Rival:
    if isinstance(fitted, Skipped):
        return Rival(outcome=BaselineOutcome(name=name, skipped=fitted.reason))
    correct = fitted.test_predictions == problem.test_labels
    metrics = {
        "test_accuracy": float(correct.mean()),
        "test_accuracy_ci": list(wilson(int(correct.sum()), len(correct))),
        "train_accuracy": float((fitted.train_predictions == problem.train_labels).mean()),
        "train_seconds": fitted.seconds,
    }
    outcome = BaselineOutcome(
        name=name, parameters=fitted.parameters, metrics=metrics, settings=fitted.settings
    )
    return Rival(outcome=outcome, correct=correct, predicted=fitted.test_predictions)
