import pytest

from qml.backends import noise
from qml.backends.noise import Rates
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError
from qml.testing.noise_contract import NoiseContract


class TestAer(NoiseContract):
    @pytest.fixture
    def name(self):
        pytest.importorskip("qiskit_aer")
        return "aer"


class TestQsim(NoiseContract):
    @pytest.fixture
    def name(self):
        return "qsim"


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, Rates()),
        ({"depolarizing": 0.1}, Rates(one_qubit=0.1, two_qubit=0.1)),
        ({"depolarizing": 0.1, "depolarizing2": 0.2}, Rates(one_qubit=0.1, two_qubit=0.2)),
        ({"depolarizing2": 0.2}, Rates(two_qubit=0.2)),
        ({"readout": 0.03}, Rates(readout=0.03)),
        ({"model": "forte-1"}, Rates(one_qubit=0.000266667, two_qubit=0.004949333)),
        (
            {"model": "aria-2", "readout": 0.01},
            Rates(one_qubit=0.00065733, two_qubit=0.01856, readout=0.01),
        ),
        ({"model": "aria-1", "depolarizing": 0.0}, Rates(two_qubit=0.0133)),
        ({"model": "aria-1", "depolarizing2": 0.5}, Rates(one_qubit=0.0005, two_qubit=0.5)),
    ],
)
def test_keys_that_are_given_win_over_the_model(given, expected):
    assert noise.resolve(NoiseSection(**given)) == expected


@pytest.mark.parametrize("name", ["jax", "default.qubit", "lightning"])
def test_a_backend_without_noise_refuses_it(name):
    section = BackendSection(name=name, noise=NoiseSection(model="aria-1"))
    with pytest.raises(PlanError, match="models no noise"):
        open_backend(section)


def test_narrow_gates_are_let_through():
    noise.refuse_wide_gates([Circuit.of(2, [Gate("cnot", (0, 1))])])
