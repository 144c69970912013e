"""Random splits that keep the share of each class."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.origin import quoted
from qml.errors import DataError


def stratified(
    labels: NDArray[np.int64],
    fraction: float,
    *,
    seed: int,
    classes: Sequence[str],
    kind: str = "rows",
) -> NDArray[np.bool_]:
    """Draw a share of the rows, the same share of each class up to rounding.

    At least one row of each class is drawn, and at least one is left.

    Args:
        labels: int64, shape (rows,).
        fraction: Share to draw, in (0, 1).
        seed: Seed of the draw.
        classes: Names of the labels, for the error.
        kind: What the error calls the rows.

    Returns:
        Whether each row was drawn, shape (rows,).

    Raises:
        DataError: A class has fewer than two rows.
    """
    counts = np.bincount(labels, minlength=len(classes))
    few = [name for name, count in zip(classes, counts, strict=True) if count < 2]  # noqa: PLR2004 - one for each side
    if few:
        raise DataError(
            f"too few {kind} to split: classes with fewer than two are {quoted(few)}",
            hint="add rows, leave these classes out with `data.classes`, or give `data.split`",
        )
    return draw(labels, quotas(counts, fraction * len(labels)), seed=seed)


def quotas(counts: NDArray[np.integer[Any]], total: float) -> NDArray[np.int64]:
    """Share `total` rows out over the classes by their size (largest remainders).

    Args:
        counts: Rows of each class, each at least 2.
        total: Rows wanted.

    Returns:
        Rows to take of each class, from 1 to its count - 1; so that the sum may differ from
        `total` where classes are small.
    """
    exact = counts * (total / counts.sum())
    floor = np.floor(exact).astype(np.int64)
    by_remainder = np.argsort(floor - exact, kind="stable")
    floor[by_remainder[: round(total) - int(floor.sum())]] += 1
    shares: NDArray[np.int64] = np.clip(floor, 1, counts - 1)
    return shares


def draw(labels: NDArray[np.int64], wanted: NDArray[np.int64], *, seed: int) -> NDArray[np.bool_]:
    """Draw `wanted[c]` rows of each class `c` without replacement."""
    generator = np.random.default_rng(seed)
    drawn = np.zeros(len(labels), dtype=np.bool_)
    for code, number in enumerate(wanted.tolist()):
        rows = np.flatnonzero(labels == code)
        drawn[generator.permutation(rows)[:number]] = True
    return drawn
