"""Rows that a stored model answers: those of a file, or test rows of its own training."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.errors import DataError, UsageError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.answers import read_predictions

if TYPE_CHECKING:
    from qml.execution.stored_model import StoredModel


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsToAnswer:
    """Rows as they were before preparation.

    Attributes:
        raw: Features, shape (rows, columns of the training).
        numbers: What each row is called in the output, shape (rows,).
        labels: True class of each row as a code, shape (rows,), or None where it is not known.
        told: Where they came from.
    """

    raw: Any
    numbers: Any
    labels: Any
    told: str


def rows_of_file(source: Path, stored: "StoredModel") -> RowsToAnswer:
    """Read the columns of the training from a file; a target column is ignored.

    Raises:
        DataError: The file lacks columns or has unusable values.
    """
    from qml.data import read_features

    raw = read_features(source, stored.preprocessor.feature_names)
    return RowsToAnswer(raw=raw, numbers=range(len(raw)), labels=None, told=str(source))


def rows_of_test(run: RunFolder, count: int, root: Path, world: World) -> RowsToAnswer:
    """Return test rows of a run, spread evenly over all of them.

    Raises:
        UsageError: The run has no test rows.
        DataError: The data are not those that the run was trained on.
    """
    import numpy as np

    from qml.config import validate
    from qml.data import load
    from qml.data.select import select_columns

    answers = read_predictions(run)
    if not answers:
        raise UsageError(f"run {run.id} kept no test rows", hint="name a file of rows instead")
    chosen = np.unique(np.linspace(0, len(answers) - 1, min(count, len(answers))).round())
    picked = [answers[int(place)] for place in chosen]
    manifest = run.manifest()
    section = validate(manifest["config"]).data
    dataset = load(section, root=root, environ=world.environ, progress=world.progress)
    if dataset.digest != manifest["data"]["digests"]["data"]:
        raise DataError(
            f"the data are not those that run {run.id} was trained on",
            hint="bring them back, or train again",
        )
    wanted = section.features
    columns, _ = select_columns(dataset, wanted if isinstance(wanted, list) else None)
    numbers = np.array([row for row, _, _ in picked])
    return RowsToAnswer(
        raw=columns[numbers],
        numbers=numbers,
        labels=np.array([label for _, label, _ in picked]),
        told=f"{len(picked)} of {len(answers)} test rows",
    )
