"""`hidden_manifold`: few latent variables embedded in many features, labelled by a small network.

Goldt, Mezard, Krzakala and Zdeborova, Phys. Rev. X 10, 041044 (2020), arXiv:1909.11500, as Bowles,
Ahmed and Schuld (2024), arXiv:2403.07059, draw it: x = tanh(c F / sqrt(m) - b), y the sign of
v . tanh(W c) / sqrt(m) above its median.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset
from qml.data.sets.options import Setting, read_options
from qml.data.sets.series import ROWS, Drawn, dataset, draw_member, until
from qml.ports import Progress

SETTINGS = {
    "features": Setting(default=10, least=1, most=10_000),
    "manifold": Setting(default=6, least=1, most=10_000),
    "rows": Setting(default=ROWS, least=10, most=1_000_000, step=2),
    "series": Setting(default=None, words=("features", "manifold")),
    "seed": Setting(default=3, most=2**32 - 1),
}


class Member(NamedTuple):
    """One data set: its number of features, latent variables and rows."""

    features: int
    manifold: int
    rows: int


SERIES = {
    "features": [Member(features, 6, ROWS) for features in range(2, 21)],
    "manifold": [Member(10, manifold, ROWS) for manifold in range(2, 21)],
}
"""The authors' series; 10 features on 6 latent variables are in both of them."""


def load_hidden_manifold(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Draw it; options `features`, `manifold`, `rows`, `series` and `seed`.

    Raises:
        ConfigError: An option is unknown or out of range.
    """
    del root, environ, progress
    given = read_options(section, SETTINGS)
    wanted = Member(given["features"], given["manifold"], given["rows"])
    members = until(wanted, SERIES, given["series"])
    return dataset("hidden_manifold", *draw_member(draw, members, seed=given["seed"]), given)


def draw(member: Member, random: np.random.RandomState) -> Drawn:
    """Draw embedding, latent variables, biases and the network that labels."""
    latent, root = member.manifold, np.sqrt(member.manifold)
    embedding = random.normal(size=(latent, member.features))
    hidden = random.normal(size=(member.rows, latent))
    biases = 2 * random.uniform(size=member.features) - 1
    inner = random.normal(size=(latent, latent))
    outer = random.normal(size=latent)
    values = np.tanh(hidden @ inner.T) / root @ outer
    labels = np.where(values - np.median(values) < 0, -1, 1)
    return np.tanh(hidden @ embedding / root - biases), labels
