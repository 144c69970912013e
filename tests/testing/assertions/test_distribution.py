import numpy as np
import pennylane as qp
import pytest
from qiskit import QuantumCircuit

from qml.errors import DataError, PlanError
from qml.testing import Trial, assert_distribution, running
from qml.testing.circuits import asymmetric, bell, entangled, uniform
from qml.testing.suite.trial import current

pytestmark = pytest.mark.usefixtures("plain")

BELL = {"00": 0.5, "11": 0.5}


def test_programs_of_three_makes():
    def quantum():
        qp.Hadamard("a")
        qp.CNOT(["a", "b"])

    made = QuantumCircuit(2)
    made.h(0)
    made.cx(0, 1)
    for program in (bell(), quantum, qp.QNode(quantum, qp.device("default.qubit")), made):
        assert_distribution(program, BELL)
        with pytest.raises(AssertionError, match="total variation distance"):
            assert_distribution(program, {"01": 0.5, "10": 0.5})


def test_only_what_is_measured_counts():
    def quantum():
        qp.Hadamard(0)
        qp.CNOT([0, 1])
        qp.PauliX(2)
        return qp.probs(wires=[2, 0])

    made = QuantumCircuit(3, 2)
    made.h(0)
    made.cx(0, 1)
    made.x(2)
    made.measure(2, 0)
    made.measure(1, 1)
    assert_distribution(quantum, {"10": 0.5, "11": 0.5})
    assert_distribution(made, {"10": 0.5, "11": 0.5})


def test_expected_distributions_of_every_form():
    exact = np.array([0.5, 0, 0, 0.5])
    for expected in (BELL, exact, np.sqrt(exact).astype(complex), bell()):
        assert_distribution(bell(), expected)


def test_counts_and_samples():
    counts = {"00": 5100, "11": 4900}
    samples = np.repeat([[0, 0], [1, 1]], [5100, 4900], axis=0)
    assert_distribution(counts, BELL)
    assert_distribution(samples, BELL)
    with pytest.raises(AssertionError):
        assert_distribution({"00": 6000, "11": 4000}, BELL)


def test_a_sampler_of_ones_own():
    def fair(shots, seed):
        return {"0": shots - shots // 2, "1": shots // 2}

    assert_distribution(fair, [0.5, 0.5])
    with pytest.raises(AssertionError):
        assert_distribution(fair, [0.8, 0.2])
    with pytest.raises(DataError, match="the sampler returned a `int`"):
        assert_distribution(lambda shots, seed: 3, [0.5, 0.5])


def test_shots_are_computed_and_saved():
    trial = current()
    assert_distribution(entangled(), entangled())
    (spent,) = trial.spent
    assert spent.planned > 5000
    assert spent.shots < spent.planned / 2


def test_too_few_shots_are_refused_with_the_number_that_would_do():
    with (
        running(Trial(share=1e-6 / 0.6079271 * 2, backend="reference")),
        pytest.raises(PlanError, match=r"100 shots cannot show .*: 4,98\d are needed"),
    ):
        assert_distribution(uniform(4), np.full(16, 1 / 16), shots=100)
    with pytest.raises(PlanError, match="50 shots cannot show"):
        assert_distribution({"00": 25, "11": 25}, BELL)


def test_few_counts_refute_and_never_confirm():
    with pytest.raises(AssertionError, match=r"total variation distance 0\.5"):
        assert_distribution({"00": 5, "11": 5}, {"00": 1.0})
    with pytest.raises(PlanError, match="10 shots cannot show"):
        assert_distribution({"00": 10}, {"00": 1.0})


def test_a_failure_shows_the_histogram_and_the_numbers():
    with pytest.raises(AssertionError) as failure:
        assert_distribution(bell(), {"00": 0.25, "01": 0.25, "11": 0.5})
    words = str(failure.value)
    assert "total variation distance 0.2" in words
    assert "p <= " in words
    assert "error rate" in words
    assert "test_a_failure_shows_the_histogram_and_the_numbers, assertion 1" in words
    lines = words.splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("outcome"))
    assert {line.split()[0] for line in lines[head + 1 : head + 3]} == {"00", "01"}


def test_a_reversed_bit_order_is_named():
    with pytest.raises(AssertionError, match="they match with the bit order reversed"):
        assert_distribution(asymmetric(), {"001": 1.0})


def test_a_failure_ends_where_the_test_calls():
    with pytest.raises(AssertionError) as failure:
        assert_distribution(bell(), {"01": 1.0})
    shown = [str(entry.path) for entry in failure.traceback if not entry.ishidden(failure)]
    assert shown == [__file__]


def test_a_tolerance_forgives_a_leaking_device():
    device = {"00": 4358, "11": 4358, "01": 642, "10": 642}
    with pytest.raises(AssertionError):
        assert_distribution(device, BELL)
    assert_distribution(device, BELL, tolerance=0.15)


def test_the_same_test_takes_the_same_shots():
    def counts():
        seen = []

        def sampler(shots, seed):
            seen.append((shots, seed))
            return {"0": shots - shots // 2, "1": shots // 2}

        with running(Trial(name="one", seed=5, share=1e-6)):
            assert_distribution(sampler, [0.5, 0.5])
        return seen

    assert counts() == counts()
    assert len({seed for _, seed in counts()}) == len(counts())


@pytest.mark.parametrize(
    "actual, expected, words",
    [
        (bell(), {"0": 1.0}, "2 bits, the expected distribution has 1"),
        (bell(), {"00": 0.5}, "add up to 0.5"),
        (bell(), {"00": 0.5, "1": 0.5}, "bit strings of one length"),
        (bell(), [0.2, 0.3, 0.5], r"2\*\*wires entries"),
        ({"00": 0.5, "11": 0.5}, {"00": 1.0}, "whole numbers"),
        ({}, {"00": 1.0}, "bit strings of one length"),
        ([[0, 2], [1, 1]], {"00": 1.0}, "rows of bits"),
        (bell(), {"0" * 20: 1.0}, "20 wires"),
    ],
)
def test_what_is_malformed_is_refused(actual, expected, words):
    with pytest.raises(DataError, match=words):
        assert_distribution(actual, expected)


def test_sizes_without_sense_are_refused():
    with pytest.raises(PlanError, match="epsilon must be above 0"):
        assert_distribution(bell(), BELL, epsilon=0)
    with pytest.raises(PlanError, match="tolerance at least 0"):
        assert_distribution(bell(), BELL, tolerance=-0.1)
