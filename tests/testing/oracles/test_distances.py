import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.errors import DataError
from qml.testing import Trial, assert_distribution, running
from qml.testing.oracles.distances import from_fidelity, from_hellinger, measured

BELL = {"00": 0.5, "11": 0.5}


@given(st.integers(0, 10_000))
def test_no_healthy_device_breaks_a_converted_tolerance(seed):
    one, other = np.random.default_rng(seed).dirichlet(np.full(6, 0.4), 2)
    tvd = np.abs(one - other).sum() / 2
    overlap = float(np.sqrt(one * other).sum())
    assert tvd <= from_hellinger(min(1, np.sqrt(max(0, 1 - overlap)))) + 1e-9
    assert tvd <= from_fidelity(min(1.0, overlap**2)) + 1e-9


def test_a_measured_tolerance_holds_for_the_device_it_was_measured_on():
    """Bell with a distance of 0.1284, as shotgate measured it."""
    device = {"00": 43_580, "11": 43_580, "01": 6_420, "10": 6_420}
    tolerance = measured(device, BELL)
    assert 0.1284 < tolerance < 0.15
    with running(Trial(share=1e-6)):
        assert_distribution(device, BELL, tolerance=tolerance)


def test_what_is_out_of_range_is_refused():
    with pytest.raises(DataError, match="Hellinger"):
        from_hellinger(1.2)
    with pytest.raises(DataError, match="fidelity"):
        from_fidelity(-0.1)
    with pytest.raises(DataError, match="of their width"):
        measured({"0": 10}, BELL)
