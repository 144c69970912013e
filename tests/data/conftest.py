"""Small tables, and a way to load a file as `qml train` does."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from qml.config.sections.data import DataSection
from qml.data import Dataset, assemble, load
from qml.data.origin import Origin
from qml.ports import Silence


@pytest.fixture
def load_file(tmp_path: Path) -> Callable[..., Dataset]:
    def run(name: str, text: str | None = None, **keys) -> Dataset:
        if text is not None:
            (tmp_path / name).write_text(text)
        section = DataSection(path=name, **keys)
        return load(section, root=tmp_path, environ={}, progress=Silence())

    return run


@pytest.fixture
def shared() -> Path:
    folder = os.environ.get("QML_TEST_DATA")
    if folder is None:
        pytest.skip("QML_TEST_DATA is not set: the published data sets are not at hand")
    return Path(folder).resolve()


def blobs(counts=(30, 20, 10), width: int = 4, *, seed: int = 0, split=None, names=None) -> Dataset:
    """Gaussian clouds, rows shuffled."""
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.repeat(np.arange(len(counts)), counts))
    features = generator.normal(size=(len(labels), width)) + 2 * labels[:, None]
    return assemble(
        features,
        labels,
        origin=Origin("`blobs`"),
        source={"kind": "test"},
        feature_names=names,
        split=split,
    )
