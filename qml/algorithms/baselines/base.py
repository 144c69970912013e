"""What a classical baseline is given, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.seeds import Seeds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """The prepared rows that the quantum model got, and its budget.

    Attributes:
        train_features: Shape (train rows, features), float.
        train_labels: Shape (train rows,), class indices 0 to `classes` - 1.
        test_features: Shape (test rows, features); for the final answers only, never for a choice.
        test_labels: Shape (test rows,).
        classes: Number of classes.
        parameters: Trainable parameters of the quantum model, which the MLP matches; 0 for a
            kernel, which has a coefficient a training row instead.
        seeds: Where random numbers come from.
        validation_features: Rows that the quantum model used to stop early, or None. A baseline may
            fit on them as well: it has its own ways to choose.
        validation_labels: Their labels, or None.
        settings: Hyper-parameters to take instead of searching for them; searched where empty.
        max_rows: Above this number of rows nothing is tuned, and what needs all pairs is skipped.
    """

    train_features: NDArray[np.floating]
    train_labels: NDArray[np.integer]
    test_features: NDArray[np.floating]
    test_labels: NDArray[np.integer]
    classes: int
    parameters: int
    seeds: Seeds
    validation_features: NDArray[np.floating] | None = None
    validation_labels: NDArray[np.integer] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    max_rows: int = 5_000

    def __post_init__(self) -> None:
        """Refuse rows that do not fit together.

        Raises:
            DataError: Shapes differ, or fewer than two classes have training rows.
        """
        for part, features, labels in (
            ("train", self.train_features, self.train_labels),
            ("test", self.test_features, self.test_labels),
        ):
            if features.ndim != 2 or labels.shape != features.shape[:1] or not len(labels):  # noqa: PLR2004 - a matrix
                raise DataError(
                    f"{part} features {features.shape} and labels {labels.shape} do not fit",
                    hint="features are (rows, features), labels (rows,), with at least one row",
                )
        if len(np.unique(self.train_labels)) < 2:  # noqa: PLR2004 - nothing to tell apart
            raise DataError("the training rows have one class only")

    @property
    def features(self) -> NDArray[np.floating]:
        """Rows to fit on, shape (rows, features): training rows, then validation rows."""
        if self.validation_features is None:
            return self.train_features
        return np.concatenate([self.train_features, self.validation_features])

    @property
    def labels(self) -> NDArray[np.integer]:
        """Labels to fit on, shape (rows,)."""
        if self.validation_labels is None:
            return self.train_labels
        return np.concatenate([self.train_labels, self.validation_labels])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """A trained baseline's answers.

    Attributes:
        train_predictions: Predicted class of each training row, shape (train rows,).
        test_predictions: Predicted class of each test row, shape (test rows,).
        parameters: Number of trained parameters.
        seconds: Time to tune and fit, predictions aside.
        settings: What was chosen, and how.
    """

    train_predictions: NDArray[np.integer]
    test_predictions: NDArray[np.integer]
    parameters: int
    seconds: float
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A baseline that was not trained.

    Attributes:
        reason: Why, in words for the table.
    """

    reason: str


class Baseline(Protocol):
    """The entry point of a baseline: a function."""

    def __call__(self, problem: Problem) -> Fitted | Skipped:
        """Tune and fit on `problem.features`, and answer training and test rows."""
        ...
