"""Which classes and columns of a data set are used."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.data.columns import check_columns
from qml.data.dataset import Dataset
from qml.data.labels import class_name
from qml.data.origin import quoted, suggestion
from qml.errors import DataError


class Selection(NamedTuple):
    """Rows of the classes kept.

    Attributes:
        rows: Positions in the data set, ascending, int64.
        labels: int64, shape (len(rows),), positions in `classes`.
        classes: Names of the classes kept, in the order of the data set.
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]


def select_classes(dataset: Dataset, wanted: int | list[int | str] | None) -> Selection:
    """Keep the first so many classes, or those listed (by their label).

    Raises:
        DataError: A class does not exist, or fewer than two remain.
    """
    if wanted is None:
        return Selection(np.arange(len(dataset)), dataset.labels, dataset.classes)
    names = _first(dataset, wanted) if isinstance(wanted, int) else _listed(dataset, wanted)
    if len(names) < 2:  # noqa: PLR2004 - a classifier tells two things apart
        raise DataError(
            f"`data.classes` keeps {len(names)} class, and a classifier needs two",
            hint=f"classes: {quoted(dataset.classes)}",
        )
    recoded = np.full(len(dataset.classes), -1, dtype=np.int64)
    recoded[[dataset.classes.index(name) for name in names]] = np.arange(len(names))
    labels = recoded[dataset.labels]
    index = np.flatnonzero(labels >= 0)
    return Selection(index, labels[index], names)


def _first(dataset: Dataset, number: int) -> tuple[str, ...]:
    if number > len(dataset.classes):
        raise DataError(
            f"`data.classes = {number}`, but there are {len(dataset.classes)} classes",
            hint=f"classes: {quoted(dataset.classes)}",
        )
    return dataset.classes[: max(number, 0)]


def _listed(dataset: Dataset, wanted: list[int | str]) -> tuple[str, ...]:
    names = [class_name(value) for value in wanted]
    for name in names:
        if name not in dataset.classes:
            raise DataError(
                f"`data.classes` lists `{name}`, which is not a class of the data",
                hint=suggestion(name, dataset.classes) + f"classes: {quoted(dataset.classes)}",
            )
    return tuple(name for name in dataset.classes if name in names)


def select_columns(
    dataset: Dataset, wanted: int | list[str] | None
) -> tuple[NDArray[np.floating], tuple[str, ...]]:
    """Return the columns that `data.features` lists, else all of them, and their names.

    Raises:
        DataError: A column does not exist or is listed twice, or the list is empty.
    """
    known = dataset.feature_names
    if not isinstance(wanted, list) or tuple(wanted) == known:
        return dataset.features, known
    check_columns(wanted, known)
    place = {name: position for position, name in enumerate(known)}
    positions = [place[name] for name in wanted]
    return dataset.features[:, positions], tuple(wanted)
