"""The descent on functions whose minima are known."""

import numpy as np
import pytest
from scipy.optimize import rosen, rosen_der

from qml.algorithms.solvers.descent import bfgs


def test_it_finds_the_bottom_of_a_curved_valley():
    *_, last = bfgs(lambda x: (float(rosen(x)), rosen_der(x)), np.array([-1.2, 1.0, 0.8]))
    assert last.x == pytest.approx(np.ones(3), abs=1e-5)


def test_each_step_is_lower():
    steps = bfgs(lambda x: (float(np.cos(x).sum()), -np.sin(x)), np.array([0.3, -0.2, 2.0]))
    values = [point.value for point in steps]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(-3, abs=1e-9)


def test_nothing_is_yielded_where_nothing_helps():
    assert list(bfgs(lambda x: (0.0, np.zeros_like(x)), np.ones(2))) == []
    assert list(bfgs(lambda x: (1.0, np.ones_like(x)), np.ones(2))) == []
