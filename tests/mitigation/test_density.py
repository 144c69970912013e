import numpy as np
import pytest

from qml.backends.base import Intent
from qml.backends.noise import PUBLISHED
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work, pauli, z
from qml.config.sections import BackendSection
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.testing import reference
from qml.testing.circuits import bell
from qml.testing.noise_contract import BELL
from tests.mitigation.circuits import layered


def test_without_noise_it_is_a_state_vector():
    circuit = layered(3, 2)
    assert outcomes(circuit, Noise()).times == pytest.approx(reference.probabilities(circuit))


@pytest.mark.parametrize("model", sorted(BELL))
def test_bell_pairs_have_the_published_probabilities(model):
    found = outcomes(bell(), Noise(**PUBLISHED[model].snapshot())).times
    assert found == pytest.approx([BELL[model], 0.5 - BELL[model], 0.5 - BELL[model], BELL[model]])


def test_readout_flips_each_bit():
    found = outcomes(Circuit(2, (Gate("x", (0,)),)), Noise(readout=0.1)).times
    assert found == pytest.approx([0.09, 0.01, 0.81, 0.09])


def test_with_noise_it_is_aer():
    noise = {"depolarizing": 0.01, "depolarizing2": 0.03, "readout": 0.02}
    section = BackendSection(name="aer", precision="float64", noise=noise)
    circuit, observables = layered(3, 2), (z(0), pauli("ZZ", (0, 2)))
    backend = open_backend(section)
    job = backend.submit(
        Work(circuits=(circuit,), observables=observables), Intent(key="k", digest="")
    )
    tally = outcomes(circuit, Noise(0.01, 0.03, 0.02))
    expected = backend.fetch(job).expectations[0]
    assert tally.means([(0,), (0, 2)]) == pytest.approx(expected, abs=1e-9)


def test_a_gate_on_three_wires_has_no_rate():
    circuit = Circuit(3, (Gate("ccnot", (0, 1, 2)),))
    assert np.isclose(outcomes(circuit, Noise()).total, 1)
    with pytest.raises(PlanError, match="no rate of `ccnot`"):
        outcomes(circuit, Noise(two_qubit=0.1))
