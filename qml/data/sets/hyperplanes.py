"""`hyperplanes`: the parity of the number of planes that a point lies above.

Bowles, Ahmed and Schuld (2024), arXiv:2403.07059: the planes cut a space of few dimensions, which a
linear map embeds in the space of the features.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset
from qml.data.sets.options import Setting, read_options
from qml.data.sets.series import ROWS, Drawn, dataset, draw_member, standardised, until
from qml.errors import DataError
from qml.ports import Progress

SETTINGS = {
    "features": Setting(default=10, least=1, most=10_000),
    "planes": Setting(default=2, least=1, most=10_000),
    "dimension": Setting(default=3, least=1, most=10_000),
    "rows": Setting(default=ROWS, least=10, most=1_000_000, step=2),
    "seed": Setting(default=1, most=2**32 - 1),
}


class Member(NamedTuple):
    """One data set: features, planes, dimension of the space that they cut, and rows."""

    features: int
    planes: int
    dimension: int
    rows: int


SERIES = {"planes": [Member(10, planes, 3, ROWS) for planes in range(2, 21)]}


def load_hyperplanes(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Draw it; options `features`, `planes`, `dimension`, `rows` and `seed`.

    Raises:
        ConfigError: An option is unknown or out of range.
        DataError: Almost all points have the same parity.
    """
    del root, environ, progress
    given = read_options(section, SETTINGS)
    wanted = Member(*(given[name] for name in Member._fields))
    drawn = draw_member(draw, until(wanted, SERIES, None), seed=given["seed"])
    return dataset("hyperplanes", *drawn, given)


def draw(member: Member, random: np.random.RandomState) -> Drawn:
    """Draw four times as many points as are wanted, and keep the first of each parity."""
    normals = random.uniform(size=(member.planes, member.dimension))
    biases = random.uniform(size=member.planes)
    points = random.normal(size=(4 * member.rows, member.dimension))
    even = ((points @ normals.T + biases > 0).sum(axis=1) % 2) == 0
    half = member.rows // 2
    parts = [np.flatnonzero(even)[:half], np.flatnonzero(~even)[:half]]
    fewest = min(map(len, parts))
    if fewest < half:
        raise DataError(
            f"only {fewest} of {4 * member.rows} points have one of the parities",
            hint="set another data.options.seed, or fewer planes",
        )
    embedding = random.uniform(size=(member.dimension, member.features))
    features = standardised(points[np.concatenate(parts)] @ embedding)
    return features, np.repeat([-1, 1], half)
