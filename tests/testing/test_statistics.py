import numpy as np
import pytest

from qml.results.counts import Counts
from qml.testing.statistics import distance, distance_bound


@pytest.mark.parametrize("outcomes, shots", [(4, 3318), (16, 4982), (64, 11636), (256, 38253)])
def test_the_bound_has_the_published_values(outcomes, shots):
    assert distance_bound(outcomes, shots) <= 0.05 < distance_bound(outcomes, shots - 1)


def test_distance():
    counts = Counts(1, {"0": 75, "1": 25})
    assert distance(counts, np.array([0.5, 0.5])) == pytest.approx(0.25)
