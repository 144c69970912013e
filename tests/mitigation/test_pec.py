import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation import pec
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.native import compile_native
from tests.mitigation.circuits import layered


@pytest.mark.parametrize(
    ("rate", "gates", "expected", "within"),
    [
        (0.004, 50, 2.12, 0.01),
        (0.01, 50, 6.53, 0.01),
        (0.004, 200, 20.1, 0.05),
        (0.004949333, 50, 2.53, 0.01),
    ],
)
def test_overhead_is_as_published(rate, gates, expected, within):
    assert pec.overhead(Noise(0, rate), 0, gates) == pytest.approx(expected, abs=within)


@pytest.mark.parametrize("wires", [1, 2])
def test_quasi_probabilities_invert_the_channel(wires):
    """The coefficients of the sampling, put together, undo the eigenvalue 1 - rate."""
    rate, size = 0.2, 4**wires
    g = pec.gamma(rate, wires)
    negative = (g - 1) / 2 / (size - 1)
    positive = (g + 1) / 2
    # of the other strings half anticommute with a Pauli, of size / 2 in all
    eigenvalue = positive - negative * (size - 1 - size / 2) + negative * size / 2
    assert (1 - rate) * eigenvalue == pytest.approx(1)
    assert positive - (size - 1) * negative == pytest.approx(1)


@pytest.mark.parametrize("native", [False, True])
def test_the_average_has_no_noise(native):
    circuit = layered(2, 2)
    if native:
        circuit = compile_native(circuit, "forte").in_place()
    noise, targets = Noise(0.0, 0.25), [(0,), (0, 1)]
    drawn = pec.draw(circuit, noise, 500, 0)
    seen = np.array([outcomes(c, noise).means(targets) for c in drawn.circuits])
    values = drawn.gain * drawn.signs[:, None] * seen
    error = values.std(axis=0) / np.sqrt(len(values))
    truth = outcomes(circuit, Noise()).means(targets)
    assert (np.abs(values.mean(axis=0) - truth) < 4 * error).all()
    assert (np.abs(outcomes(circuit, noise).means(targets) - truth) > 4 * error).any()


def test_the_same_seed_draws_the_same_circuits():
    circuit, noise = layered(2, 2), Noise(0.01, 0.1)
    one, other = (pec.draw(circuit, noise, 20, 7) for _ in range(2))
    assert one.circuits == other.circuits
    assert one.circuits != pec.draw(circuit, noise, 20, 8).circuits


def test_unknown_and_hopeless_noise_is_refused():
    section = MitigationSection(method="pec")
    with pytest.raises(PlanError, match="none is known"):
        pec.make(section, None, None)
    with pytest.raises(PlanError, match="nothing of the state"):
        pec.draw(layered(2, 1), Noise(0, 1.0), 2, 0)
    with pytest.raises(PlanError, match="on 3 wires"):
        pec.draw(Circuit(3, (Gate("ccz", (0, 1, 2)),)), Noise(0.1, 0.1), 2, 0)
