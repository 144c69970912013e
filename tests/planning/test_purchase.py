"""What a plan costs: the issue's own example, packing, and what is free."""

from decimal import Decimal

import pytest

from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate
from qml.config.sections import BackendSection
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, free_purchase
from qml.pricing import Tariffs

CIRCUIT = Circuit.of(2, [Gate("ry", (0,), (0.3,)), Gate("rzz", (0, 1), (0.4,))])


@pytest.fixture
def forte():
    backend = open_backend(BackendSection(name="ionq.forte-1", shots=1000))
    yield backend, Tariffs.load().find("ionq", "forte-1")
    backend.close()


def test_parameter_shift_pays_the_minimum_for_every_circuit(forte):
    """96 circuits x $25.79 = $2,475.84 a step, and SPSA's two cost $51.58."""
    found = price_purchase(*forte, [CIRCUIT], [Batch(1, 96, "step")], 1000, side_by_side=False)
    assert (found.expected, found.high) == (Decimal("2475.84"), Decimal("2475.84"))
    assert found.minimum_applies
    assert "each step: 96 circuits x 25.79 USD job minimum = 2475.84 USD" in found.notes
    spsa = price_purchase(*forte, [CIRCUIT], [Batch(1, 2, "step")], 1000, side_by_side=False)
    assert spsa.expected == Decimal("51.58")
    assert spsa.low == Decimal("25.79")


def test_batches_add_up(forte):
    batches = [Batch(3, 4, "step"), Batch(1, 5, "test"), Batch(0, 9, "never"), Batch(2, 0, "empty")]
    found = price_purchase(*forte, [CIRCUIT], batches, 1000, side_by_side=False)
    assert (found.circuits, found.shots, found.jobs) == (17, 17_000, 4)
    assert found.two_qubit == 17
    assert found.expected == 17 * Decimal("25.79")


def test_side_by_side_shares_the_minimum(forte):
    """18 circuits of 2 qubits fit on 36: 20 circuits are one full register and one of two."""
    found = price_purchase(*forte, [CIRCUIT], [Batch(1, 20, "step")], 900, side_by_side=True)
    assert (found.circuits, found.two_qubit) == (2, 20)
    assert found.expected == 2 * Decimal("25.79")


def test_work_on_this_machine_is_counted_and_free():
    found = free_purchase("jax", [CIRCUIT, CIRCUIT], [Batch(2, 10, "step")], 0)
    assert found.free
    assert (found.circuits, found.one_qubit, found.two_qubit, found.jobs) == (20, 20, 20, 0)
    assert found.document()["price"]["expected"] == "0.00"
