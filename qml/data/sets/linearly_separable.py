"""`linearly_separable`: points of a cube on both sides of a plane, with a margin between.

Bowles, Ahmed and Schuld (2024), arXiv:2403.07059: the plane is the one across the main diagonal.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset
from qml.data.sets.options import Setting, read_options
from qml.data.sets.series import ROWS, Drawn, dataset, draw_member, until
from qml.errors import DataError
from qml.ports import Progress

SETTINGS = {
    "features": Setting(default=2, least=1, most=10_000),
    "rows": Setting(default=ROWS, least=10, most=1_000_000),
    "margin": Setting(default=None, whole=False),
    "seed": Setting(default=42, most=2**32 - 1),
}


class Member(NamedTuple):
    """One data set: its number of features and rows, and |sum x| at least."""

    features: int
    rows: int
    margin: float


SERIES = {"features": [Member(features, ROWS, 0.02 * features) for features in range(2, 21)]}


def load_linearly_separable(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Draw it; options `features`, `rows`, `margin` (0.02 times the features) and `seed`.

    Raises:
        ConfigError: An option is unknown or out of range.
        DataError: The margin leaves too few rows.
    """
    del root, environ, progress
    given = read_options(section, SETTINGS)
    if given["margin"] is None:
        given["margin"] = 0.02 * given["features"]
    wanted = Member(given["features"], given["rows"], given["margin"])
    drawn = draw_member(draw, until(wanted, SERIES, None), seed=given["seed"])
    return dataset("linearly_separable", *drawn, given)


def draw(member: Member, random: np.random.RandomState) -> Drawn:
    """Draw twice as many points as are wanted, and keep the first that clear the margin."""
    points = 2 * random.rand(2 * member.rows, member.features) - 1
    sums = points @ np.ones(member.features)
    kept = np.flatnonzero(np.abs(sums) > member.margin)[: member.rows]
    if len(kept) < member.rows:
        raise DataError(
            f"only {len(kept)} of {2 * member.rows} points clear a margin of {member.margin:g}",
            hint="lower data.options.margin",
        )
    return points[kept], np.where(sums[kept] > 0, -1, 1)
