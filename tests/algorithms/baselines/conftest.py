import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from qml.algorithms.baselines.base import Problem
from qml.seeds import Seeds


@pytest.fixture(autouse=True)
def one_thread():
    """What the suite does for every baseline; several threads crawl on a busy machine."""
    with threadpool_limits(limits=1):
        yield


@pytest.fixture
def make_problem():
    """A maker of small problems: Gaussian clouds, one a class, of which some overlap."""

    def make(*, rows=120, features=4, classes=3, parameters=40, seed=0, **more):
        random = np.random.default_rng(seed)
        centres = random.normal(0, 2, (classes, features))
        labels = np.arange(rows + 60) % classes
        points = centres[labels] + random.normal(0, 1, (rows + 60, features))
        return Problem(
            train_features=points[:rows],
            train_labels=labels[:rows],
            test_features=points[rows:],
            test_labels=labels[rows:],
            classes=classes,
            parameters=parameters,
            seeds=Seeds(7),
            **more,
        )

    return make
