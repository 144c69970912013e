"""Which machines take their own gates as they are, so that nothing undoes what is done to them."""

import pytest

from qml.backends.registry import open_backend
from qml.backends.verbatim import as_run
from qml.circuits import Circuit, Gate, Work
from qml.config.sections import BackendSection
from qml.mitigation.folding import fold
from qml.testing.reference import probabilities

CIRCUIT = Circuit(2, (Gate("ry", (0,), (0.4,)), Gate("rxx", (0, 1), (0.9,)), Gate("swap", (0, 1))))


@pytest.mark.parametrize("name", ["ionq.forte-1", "ionq.aria-1", "azure.forte-1", "braket.forte-1"])
def test_folded_gates_are_sent_and_billed_as_they_are(name):
    backend = open_backend(BackendSection(name=name, shots=100))
    native = as_run(backend, CIRCUIT)
    folded = fold(native, 3, "gates", None).circuit
    assert probabilities(native) == pytest.approx(probabilities(CIRCUIT))
    assert probabilities(folded) == pytest.approx(probabilities(CIRCUIT))
    plain, thrice = backend.sizes(Work(circuits=(native, folded), shots=100))
    assert plain == backend.sizes(Work(circuits=(CIRCUIT,), shots=100))[0]
    assert (thrice.one_qubit, thrice.two_qubit) == (3 * plain.one_qubit, 3 * plain.two_qubit)
    backend.close()


@pytest.mark.parametrize(
    "section",
    [
        BackendSection(name="ibm.fake_manila", shots=100),
        BackendSection(name="braket.garnet", shots=100),
        BackendSection(name="ionq.forte-1", shots=100, ionq={"native": False}),
        BackendSection(name="azure.forte-1", shots=100, azure={"native": False}),
    ],
    ids=lambda section: section.name,
)
def test_a_vendors_compiler_could_undo_them(section):
    backend = open_backend(section)
    assert as_run(backend, CIRCUIT) is None
    backend.close()


def test_simulators_run_gates_as_they_are_written():
    backend = open_backend(BackendSection(name="aer", shots=100, noise={"depolarizing": 0.1}))
    assert as_run(backend, CIRCUIT) is CIRCUIT
    backend.close()


def test_the_mark_is_part_of_a_digest_and_survives_joining():
    marked = Circuit(2, CIRCUIT.gates, verbatim=True)
    assert marked.digest != CIRCUIT.digest
    assert (CIRCUIT + marked).verbatim
