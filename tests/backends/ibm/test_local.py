import pytest
from qiskit_aer import AerSimulator

from qml.backends.base import Intent
from qml.backends.ibm.compiling import Compiler
from qml.backends.ibm.local import fake
from qml.backends.registry import open_backend
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.results.counts import Counts
from qml.testing import circuits, reference
from qml.testing.backend_contract import BackendContract
from qml.testing.statistics import distance, distance_bound


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
    """Counts of the slice follow the whole machine's, which differ from the exact ones."""
    machine, shots, circuit = fake("fake_manila"), 40_000, circuits.entangled()
    whole = AerSimulator.from_backend(machine)
    ((program, *_),) = Compiler(machine).run([circuit])
    tally = whole.run(program, shots=shots, seed_simulator=3).result().get_counts()
    right = Counts(3, tally).probabilities()
    (found,) = run("ibm.fake_manila", [circuit], shots)
    bound = 2 * distance_bound(8, shots)
    assert distance(found, right) < bound < distance(found, reference.probabilities(circuit))
