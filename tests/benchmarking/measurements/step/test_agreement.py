import math

import pytest

from qml.benchmarking.measurements.step.agreement import errors

EXACT = {"loss": 2.0, "gradients": [[1.0, -4.0]]}


@pytest.mark.parametrize(
    ("loss", "gradients", "within"),
    [
        (2.0, [[1.0, -4.0]], True),
        (2.001, [[1.0, -4.002]], True),
        (2.1, [[1.0, -4.0]], False),
        (2.0, [[1.1, -4.0]], False),
        (2.0, [[-4.0, 1.0]], False),
        (2.0, [[1.0]], False),
        (2.0, [[1.0, math.nan]], False),
        (math.nan, [[1.0, -4.0]], False),
    ],
)
def test_what_is_wrong_is_seen(loss, gradients, within):
    assert errors({"loss": loss, "gradients": gradients}, EXACT).within(1e-3) is within


def test_errors_are_relative_to_the_largest():
    found = errors({"loss": 2.2, "gradients": [[1.4, -4.0]]}, EXACT)
    assert found.loss == pytest.approx(0.1)
    assert found.gradient == pytest.approx(0.1)
