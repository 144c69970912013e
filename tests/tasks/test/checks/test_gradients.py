"""Gradients: the slope is that of published numbers, a dead gradient fails."""

import jax
import numpy as np
import pytest

from qml.tasks.test.checks import gradients
from qml.tasks.test.checks.gradients import Point, fit

SIZES = (2, 4, 6, 8)


@pytest.mark.parametrize(
    ("means", "slope"),
    [
        ((1.05e-1, 3.06e-2, 7.08e-3, 1.15e-3), -1.08),  # uniform first weights
        ((6.8e-2, 8.5e-2, 1.0e-1, 8.0e-2), 0.05),  # Gaussian; both Zhang et al., 2022
    ],
)
def test_the_slope_of_published_numbers(means, slope):
    points = [Point(n, 4 * n, mean, 0.2) for n, mean in zip(SIZES, means, strict=True)]
    found = fit(points, 1e-6)
    assert found.value == pytest.approx(slope, abs=0.01)
    # the error of a slope of four points two qubits apart is 0.2 / sqrt(20), here times 4.89
    assert found.high - found.low == pytest.approx(2 * 4.892 * 0.2 / 20**0.5, rel=1e-3)


def test_a_plateau_warns_and_a_level_line_passes():
    for means, state in (((1, 0.3, 0.1, 0.03), "warned"), ((1, 1, 1, 0.9), "passed")):
        points = [Point(n, n, mean, 0.05) for n, mean in zip(SIZES, means, strict=True)]
        found = gradients._grown(fit(points, 1e-6), points, -0.4, {})
        assert found.state == state
        assert bool(found.advice) == (state == "warned")


@pytest.mark.long
def test_a_small_project_is_looked_at_in_three_sizes(make):
    found = gradients.check(make("test.sizes=[2,3,4]", "test.samples=12"))
    assert [p["qubits"] for p in found.facts["points"]] == [2, 3, 4]
    assert found.state in {"passed", "warned"}
    assert found.tests == 1


@pytest.mark.long
def test_a_model_of_one_size_is_looked_at_as_it_is(make):
    found = gradients.check(make("test.sizes=[2]", "test.samples=12"))
    assert found.state == "passed"
    assert "one size" in found.why


def test_a_dead_gradient_fails(broken):
    def dead(build):
        return lambda x, w: build(x, jax.lax.stop_gradient(w))

    found = gradients.check(broken(dead, "test.sizes=[2]", "test.samples=12"))
    assert found.state == "failed"
    assert "zero" in found.why


@pytest.mark.long
def test_the_length_is_that_of_finite_differences(subject):
    model, rows = subject.model, subject.work.data.train.features[:1]
    found = gradients.squared_lengths(model, subject.evaluator, rows, 5)
    assert found.shape == (1,)
    assert np.isfinite(found).all()
