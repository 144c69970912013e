import numpy as np
import pytest

from qml.errors import PlanError
from qml.mitigation import readout
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.mitigation.tally import Tally
from qml.results.counts import Counts
from qml.testing.reference import probabilities
from tests.mitigation.circuits import layered


def confused(tally, confusion):
    """Apply the whole confusion matrix, shape (2**n, 2**n), to exact outcomes."""
    whole = np.ones((1, 1))
    for zero, one in zip(confusion.zero, confusion.one, strict=True):
        whole = np.kron(whole, [[1 - zero, one], [zero, 1 - one]])
    return Tally(tally.bits, whole @ tally.times)


def test_unlike_flips_are_undone_for_products_and_projector():
    circuit = layered(3, 2)
    tally = outcomes(circuit, Noise())
    confusion = readout.Confusion(np.array([0.02, 0.1, 0.0]), np.array([0.05, 0.03, 0.2]))
    targets = [(0,), (1, 2), (0, 1, 2), None]
    read = confused(tally, confusion).means(targets, readout.weights(confusion))
    assert read == pytest.approx(tally.means(targets))
    assert read[-1] == pytest.approx(probabilities(circuit)[0])


def test_calibration_reads_the_flips_of_each_wire():
    zeros = Counts(2, {"00": 90, "10": 10})
    ones = Counts(2, {"11": 70, "10": 30})
    found = readout.calibrated([zeros, ones])
    assert found.zero == pytest.approx([0.1, 0])
    assert found.one == pytest.approx([0, 0.3])
    idle, flipped = readout.calibration(2)
    assert probabilities(idle)[0] == probabilities(flipped)[-1] == 1


def test_bits_that_tell_nothing_are_refused():
    with pytest.raises(PlanError, match="wire 1 errs"):
        readout.weights(readout.Confusion(np.array([0.0, 0.6]), np.array([0.0, 0.4])))
