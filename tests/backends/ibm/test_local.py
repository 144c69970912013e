import numpy as np
import pytest
from qiskit.quantum_info import SuperOp
from qiskit_aer.noise import NoiseModel

from qml.backends.base import Intent
from qml.backends.ibm import slicing
from qml.backends.ibm.local import fake
from qml.backends.registry import open_backend
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.testing import circuits, reference
from qml.testing.backend_contract import BackendContract
from qml.testing.statistics import distance


class TestAer(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="ibm.aer", shots=100)


class FakeContract(BackendContract):
    """A machine with noise: what speaks of exact distributions is tested below, with a bound."""

    test_every_gate_does_what_its_matrix_says = None
    test_bits_are_in_order = None
    test_a_batch_keeps_its_order = None
    test_counts_follow_the_distribution = None


class TestFakeGuadalupe(FakeContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="ibm.fake_guadalupe", shots=100)


def run(name, batch, shots, seed=1):
    backend = open_backend(BackendSection(name=name, shots=shots))
    work = Work(circuits=tuple(batch), shots=shots, seed=seed)
    return backend.fetch(backend.submit(work, Intent(key="a", digest=""))).counts


@pytest.mark.parametrize("name", ["ibm.fake_manila", "ibm.fake_torino"])
def test_a_fake_machine_is_right_up_to_its_noise(name):
    """Its gates err by parts in a hundred: reversed bits or swapped rows would err by far more."""
    batch = [circuits.asymmetric(), circuits.entangled(), circuits.bell(), circuits.asymmetric()]
    found = run(name, batch, 4000)
    assert found[0].tally["100"] > 3200
    for item, circuit in zip(found, batch, strict=True):
        off = distance(item, reference.probabilities(circuit))
        assert 0 < off < 0.2


def test_a_slice_has_the_noise_of_the_machine():
    """Every error that Aer derives for the machine on these qubits, and no other."""
    machine, kept = fake("fake_manila"), (1, 2, 3)
    whole = errors(NoiseModel.from_backend(machine))
    place = {q: i for i, q in enumerate(kept)}
    right = {
        (gate, tuple(place[q] for q in on)): channel
        for (gate, on), channel in whole.items()
        if set(on) <= set(kept)
    }
    found = errors(slicing.noise(machine.target, kept))
    assert found.keys() == right.keys()
    assert ("cx", (0, 1)) in found
    for key, channel in right.items():
        np.testing.assert_allclose(found[key], channel, atol=1e-12)


def errors(model):
    """Return the channel of every gate, and the flips of every measurement."""
    gates = {
        (gate, on): SuperOp(error).data
        for gate, rows in model._local_quantum_errors.items()
        for on, error in rows.items()
    }
    flips = {("measure", on): e.probabilities for on, e in model._local_readout_errors.items()}
    return {**gates, **flips}
