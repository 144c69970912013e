"""Quantinuum's credits."""

from decimal import Decimal

import pytest

from qml.pricing import CircuitSize, JobSize


def test_the_reference_example(shipped, job):
    quote = shipped.find("quantinuum", "h2-1").quote(job(10, 20, measured=5, shots=1_000))
    assert (quote.low, quote.high, quote.currency) == (52, 52, "HQC")


def test_preparations_are_billed_too_as_published(shipped):
    circuit = CircuitSize(one_qubit=10, two_qubit=20, qubits=5, measured=5)
    quote = shipped.find("quantinuum", "h2-1").quote(JobSize(circuits=(circuit,), shots=1_000))
    assert (quote.low, quote.expected, quote.high) == (52, 57, 57)
    assert "preparation" in quote.notes[0]


@pytest.mark.parametrize(("plan", "price"), [(None, "650"), ("premium", "535.294118")])
def test_a_plan_turns_credits_into_dollars(shipped, job, plan, price):
    tariff = shipped.find("azure", "h2-1", plan=plan)
    quote = tariff.quote(job(10, 20, measured=5, shots=1_000))
    assert (quote.high, quote.currency) == (Decimal(price), "USD")
    assert quote.notes[-1] == "52 credits, priced as a share of the plan"


def test_every_circuit_pays_the_fixed_part(shipped, job):
    assert shipped.find("quantinuum", "h1-1").quote(job(circuits=3)).high == 15
