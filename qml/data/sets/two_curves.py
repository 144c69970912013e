"""`two_curves`: points of two curves, the second a shifted copy of the first.

Bowles, Ahmed and Schuld (2024), arXiv:2403.07059, after Buchanan, Gilboa and Wright (2021): each
feature is a Fourier series of one variable, with noise.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset
from qml.data.sets.options import Setting, read_options
from qml.data.sets.series import ROWS, Drawn, Floats, dataset, draw_member, standardised, until
from qml.ports import Progress

NOISE = 0.01
SETTINGS = {
    "features": Setting(default=10, least=1, most=10_000),
    "degree": Setting(default=5, least=1, most=1_000),
    "offset": Setting(default=None, whole=False),
    "noise": Setting(default=NOISE, whole=False),
    "rows": Setting(default=ROWS, least=10, most=1_000_000, step=2),
    "series": Setting(default=None, words=("features", "degree")),
    "seed": Setting(default=3, most=2**32 - 1),
}


class Member(NamedTuple):
    """One data set: features, highest frequency, distance of the curves, noise and rows."""

    features: int
    degree: int
    offset: float
    noise: float
    rows: int


SERIES = {
    "features": [Member(features, 5, 0.1, NOISE, ROWS) for features in range(2, 21)],
    "degree": [Member(10, degree, 1 / (2 * degree), NOISE, ROWS) for degree in range(2, 21)],
}
"""The authors' series; 10 features of degree 5 are in both of them."""


def load_two_curves(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Draw it.

    Options: `features`, `degree`, `offset` (1 / (2 degree)), `noise`, `rows`, `series`, `seed`.

    Raises:
        ConfigError: An option is unknown or out of range.
    """
    del root, environ, progress
    given = read_options(section, SETTINGS)
    if given["offset"] is None:
        given["offset"] = 1 / (2 * given["degree"])
    wanted = Member(*(given[name] for name in Member._fields))
    members = until(wanted, SERIES, given["series"])
    return dataset("two_curves", *draw_member(draw, members, seed=given["seed"]), given)


def draw(member: Member, random: np.random.RandomState) -> Drawn:
    """Draw coefficients, then the points of the first curve, then those of the second."""
    coefficients = random.uniform(size=(member.features, member.degree + 1, 2))
    coefficients = coefficients / np.linalg.norm(coefficients)
    half = member.rows // 2
    first = _curve(member, coefficients, half, random)
    second = _curve(member, coefficients, half, random) + member.offset
    return standardised(np.concatenate([first, second])), np.repeat([-1, 1], half)


def _curve(
    member: Member, coefficients: Floats, points: int, random: np.random.RandomState
) -> Floats:
    """Draw points of the curve, (points, features): for each the variable, then its noise."""
    where, noise = np.empty(points), np.empty((points, member.features))
    for point in range(points):
        where[point] = random.rand()
        noise[point] = random.normal(0, member.noise, member.features)
    found = np.full((points, member.features), coefficients[:, 0].sum(axis=1))
    for frequency in range(1, member.degree + 1):
        angles = (frequency * np.pi * where)[:, None]
        cosine, sine = coefficients[:, frequency].T
        found += cosine * np.cos(angles) + sine * np.sin(angles)
    return found + noise
