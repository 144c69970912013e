"""IonQ's published examples, and how minimums bite."""

from decimal import Decimal

import pytest

from qml.errors import PlanError
from qml.pricing import CircuitSize, JobSize, multi_controlled
from qml.pricing.gates import GatesTariff


@pytest.mark.parametrize(
    ("one", "two", "shots", "price"),
    [
        (51, 11, 10_000, "206.95"),
        (51, 11, 1, "25.79"),
        (6_375, 1_375, 10_000, "25868.75"),
    ],
)
def test_the_vendors_examples_on_forte(shipped, job, one, two, shots, price):
    quote = shipped.find("ionq", "forte-1").quote(job(one, two, shots=shots))
    assert (quote.low, quote.expected, quote.high) == (Decimal(price),) * 3
    assert quote.currency == "USD"
    assert quote.minimum_applies == (price == "25.79")


def test_parameter_shift_against_spsa(shipped, job):
    forte = shipped.find("ionq", "forte-1")
    shift = forte.quote(job(20, 10, shots=100, circuits=96))
    assert (shift.low, shift.expected, shift.high) == tuple(
        map(Decimal, ("139.10", "2475.84", "2475.84"))
    )
    assert shift.notes[0] == "96 circuits x 25.79 USD job minimum = 2475.84 USD"
    assert "upper bound" in shift.notes[1]
    spsa = forte.quote(job(20, 10, shots=100, circuits=2))
    assert spsa.high == Decimal("51.58")


def test_one_circuit_leaves_no_doubt(shipped, job):
    quote = shipped.find("ionq", "forte-1").quote(job(1, 1))
    assert quote.notes == ("1 circuit x 25.79 USD job minimum = 25.79 USD",)


def test_mitigation_on_azure_has_a_minimum_of_its_own(shipped, job):
    forte, aria = (shipped.find("azure", name) for name in ("forte-1", "aria-1"))
    assert forte.quote(job(51, 11, shots=500, mitigated=True)).low == Decimal("168.20")
    assert aria.quote(job(51, 11, mitigated=True)).high == Decimal("97.50")
    assert aria.quote(job(51, 11)).high == Decimal("12.42")


def test_mitigation_at_ionq_itself_is_bounded_by_azures_minimum(shipped, job):
    quote = shipped.find("ionq", "forte-1").quote(job(51, 11, shots=500, mitigated=True))
    assert (quote.low, quote.high) == (Decimal("25.79"), Decimal("168.20"))
    assert "Azure's, as an upper bound" in quote.notes[-1]


def test_mitigation_without_any_known_minimum_is_refused(job):
    tariff = GatesTariff(provider="a", device="b", one_qubit=Decimal(1), two_qubit=Decimal(1))
    assert tariff.quote(job(1, 1)).high == 2
    with pytest.raises(PlanError, match="error mitigation is not known") as caught:
        tariff.quote(job(1, 1, mitigated=True))
    assert "[pricing.a.b]" in str(caught.value.hint)


def test_a_price_of_exactly_the_minimum_is_not_raised(job):
    tariff = GatesTariff(
        provider="a", device="b", one_qubit=Decimal(1), two_qubit=Decimal(1), minimum=Decimal(2)
    )
    assert not tariff.quote(job(1, 1)).minimum_applies
    assert tariff.quote(job(1, 0)).minimum_applies


def test_there_is_nothing_to_explain_where_no_minimum_bites(shipped, job):
    quote = shipped.find("ionq", "forte-1").quote(job(51, 11, shots=10_000, circuits=3))
    assert (quote.low, quote.high, quote.notes) == (Decimal("620.85"), Decimal("620.85"), ())


def test_a_minimum_bites_only_the_small_circuits(shipped):
    circuits = tuple(CircuitSize(one_qubit=0, two_qubit=n) for n in (1, 1, 100))
    quote = shipped.find("ionq", "forte-1").quote(JobSize(circuits=circuits, shots=1_000))
    assert quote.high == Decimal("25.79") * 2 + Decimal("112.10")
    assert quote.low == Decimal("114.34")
    assert quote.minimum_applies
    assert quote.notes[0].startswith("2 circuits x 25.79 USD")


@pytest.mark.parametrize(("qubits", "billed"), [(2, 1), (3, 6), (4, 12), (10, 48)])
def test_a_multi_controlled_gate_is_billed_as_many(qubits, billed):
    assert multi_controlled(qubits) == billed


def test_a_gate_on_one_qubit_is_not_controlled():
    with pytest.raises(ValueError, match="at least 2 qubits"):
        multi_controlled(1)
