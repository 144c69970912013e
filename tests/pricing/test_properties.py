"""What holds of every price: exact, never less for more work, always an envelope."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.pricing import CircuitSize, JobSize, Tariffs

SHIPPED = Tariffs.load()
PAID = [
    ("ionq", "forte-1"),
    ("azure", "aria-1"),
    ("azure", "ankaa-3"),
    ("azure", "h2-1"),
    ("braket", "ibex-q1"),
    ("braket", "sv1"),
    ("ibm", "ibm_fez"),
    ("quantinuum", "h2-1"),
]
each = pytest.mark.parametrize(("provider", "device"), PAID)
quick = settings(max_examples=40, deadline=None, derandomize=True)

count = st.integers(0, 3_000)
circuit = st.builds(
    CircuitSize, one_qubit=count, two_qubit=count, qubits=st.integers(0, 36), measured=count
)
seconds = st.decimals(0, 1_000, places=4)


@st.composite
def jobs(draw) -> JobSize:
    circuits = tuple(draw(st.lists(circuit, min_size=1, max_size=4)))
    expected = draw(seconds)
    return JobSize(
        circuits=circuits,
        shots=draw(st.integers(0, 10_000)),
        mitigated=draw(st.booleans()),
        seconds=expected,
        most_seconds=expected + draw(seconds),
        tasks=draw(st.sampled_from([None, 1, len(circuits)])),
    )


def price(provider: str, device: str, job: JobSize) -> tuple[Decimal, ...]:
    quote = SHIPPED.find(provider, device).quote(job)
    return quote.low, quote.expected, quote.high


def no_less(before: tuple[Decimal, ...], after: tuple[Decimal, ...]) -> bool:
    return all(a <= b for a, b in zip(before, after, strict=True))


@each
@quick
@given(job=jobs())
def test_an_exact_envelope(provider, device, job):
    amounts = price(provider, device, job)
    assert amounts == tuple(sorted(amounts))
    assert all(isinstance(amount, Decimal) and amount >= 0 for amount in amounts)
    assert all(amount == amount.quantize(Decimal("0.000001")) for amount in amounts)


@each
@quick
@given(job=jobs(), more=st.integers(0, 1_000), longer=seconds)
def test_more_work_never_costs_less(provider, device, job, more, longer):
    before = price(provider, device, job)
    shots = replace(job, shots=job.shots + more)
    first = job.circuits[0]
    bigger = (
        replace(first, one_qubit=first.one_qubit + more),
        replace(first, two_qubit=first.two_qubit + more),
        replace(first, measured=first.measured + more),
    )
    grown = [replace(job, circuits=(one, *job.circuits[1:])) for one in bigger]
    assert job.seconds is not None
    assert job.most_seconds is not None
    slower = replace(job, seconds=job.seconds + longer, most_seconds=job.most_seconds + longer)
    assert all(no_less(before, price(provider, device, other)) for other in [shots, *grown, slower])


@each
@quick
@given(job=jobs())
def test_one_job_of_many_circuits_is_within_the_jobs_of_each(provider, device, job):
    """Sent one by one, circuits cost at most the upper bound of sending them together."""
    assert job.seconds is not None
    apart = replace(job, tasks=None, most_seconds=None)
    share = (job.seconds / len(job.circuits)).quantize(Decimal("0.0001"))
    singles = [replace(apart, circuits=(one,), seconds=share) for one in job.circuits]
    alone = sum(price(provider, device, single)[2] for single in singles)
    whole = replace(apart, seconds=share * len(job.circuits))
    assert price(provider, device, whole)[0] <= alone + Decimal("0.01") * len(singles)
    assert alone <= price(provider, device, whole)[2] + Decimal("0.000001") * len(singles)
