"""Which rows train, validate and test."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.config.sections.data import DataSection
from qml.data.origin import quoted
from qml.data.split import draw, stratified
from qml.errors import DataError
from qml.seeds import Seeds


class Partition(NamedTuple):
    """Positions of the rows of each part, ascending, int64; no row is in two parts."""

    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    test: NDArray[np.int64]


def partition(
    labels: NDArray[np.int64],
    split: NDArray[np.str_] | None,
    classes: tuple[str, ...],
    section: DataSection,
    *,
    seeds: Seeds,
    validation: bool,
) -> Partition:
    """Part the rows: by the given split, else at random with each class's share kept.

    `data.rows` caps the training rows before validation rows are taken from them, so that
    training and validation together never cost more than the cap.

    Args:
        labels: int64, shape (rows,), positions in `classes`.
        split: The data's own split, or None.
        classes: Names of the labels.
        section: `[data]`.
        seeds: `split`, `rows` and `validation` are asked for where a draw is needed.
        validation: Take `validation_fraction` of the training rows where no validation rows are
            given.

    Raises:
        DataError: A part has too few rows, or a class has no training rows.
    """
    if split is None:
        tested = stratified(labels, section.test_fraction, seed=seeds["split"], classes=classes)
        train, given, test = ~tested, np.zeros_like(tested), tested
    else:
        train, given, test = (split == part for part in ("train", "validation", "test"))
    pool = _capped(np.flatnonzero(train), labels, section.rows, classes, seeds)
    _check(labels, pool, np.flatnonzero(test), classes)
    watched = np.flatnonzero(given)
    if validation and not len(watched):
        pool, watched = _validation(pool, labels, section.validation_fraction, classes, seeds)
    return Partition(pool, watched, np.flatnonzero(test))


def _capped(
    pool: NDArray[np.int64],
    labels: NDArray[np.int64],
    most: int | None,
    classes: tuple[str, ...],
    seeds: Seeds,
) -> NDArray[np.int64]:
    if most is None or len(pool) <= most:
        return pool
    present = np.unique(labels[pool])
    if most < len(present):
        raise DataError(
            f"`data.rows = {most}` is less than one row for each of {len(present)} classes",
            hint=f"set it to {len(present)} or more, or keep fewer classes with `data.classes`",
        )
    counts = np.bincount(labels[pool], minlength=len(classes))
    return pool[draw(labels[pool], _cap(counts, most), seed=seeds["rows"])]


def _cap(counts: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Share `most` rows out by the classes' sizes: one each, the rest by largest remainders."""
    floor = np.minimum(counts, 1)
    left = counts - floor
    exact = left * ((most - floor.sum()) / max(left.sum(), 1))
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: most - int(floor.sum() + whole.sum())]] += 1
    shares: NDArray[np.int64] = floor + whole
    return shares


def _validation(
    pool: NDArray[np.int64],
    labels: NDArray[np.int64],
    fraction: float,
    classes: tuple[str, ...],
    seeds: Seeds,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if fraction == 0:
        raise DataError(
            "early stopping has no rows to watch: `data.validation_fraction` is 0",
            hint="set it to e.g. 0.1, or mark rows `validation` in the split",
        )
    drawn = stratified(
        labels[pool], fraction, seed=seeds["validation"], classes=classes, kind="training rows"
    )
    return pool[~drawn], pool[drawn]


def _check(
    labels: NDArray[np.int64],
    train: NDArray[np.int64],
    test: NDArray[np.int64],
    classes: tuple[str, ...],
) -> None:
    if not len(test):
        raise DataError("there are no test rows", hint="check `data.split` and `data.classes`")
    counts = np.bincount(labels[train], minlength=len(classes))
    absent = [name for name, count in zip(classes, counts, strict=True) if count == 0]
    if absent:
        raise DataError(
            f"the classes {quoted(absent)} have no training rows",
            hint="correct the split, or leave these classes out with `data.classes`",
        )
