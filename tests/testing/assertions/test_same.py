import pytest

from qml.circuits import Circuit, Gate
from qml.errors import DataError, PlanError
from qml.testing import assert_same_distribution
from qml.testing.circuits import bell
from qml.testing.suite.trial import current

pytestmark = pytest.mark.usefixtures("plain")

OTHER_BELL = Circuit.of(2, [Gate("h", (1,)), Gate("cnot", (1, 0))])
ODD = Circuit.of(2, [Gate("h", (0,)), Gate("cnot", (0, 1)), Gate("x", (0,))])


def test_equal_and_unequal_programs():
    trial = current()
    assert_same_distribution(bell(), OTHER_BELL)
    assert trial.spent[0].shots < trial.spent[0].planned / 2
    with pytest.raises(AssertionError, match="between the two"):
        assert_same_distribution(bell(), ODD)


def test_two_backends():
    assert_same_distribution(bell(), bell(), backend="reference", other_backend="default.qubit")


def test_counts_of_both():
    one, other = {"00": 10_100, "11": 9_900}, {"00": 9_900, "11": 10_100}
    assert_same_distribution(one, other)
    with pytest.raises(AssertionError, match="outcome        one      other"):
        assert_same_distribution(one, {"00": 15_000, "11": 5_000})
    with pytest.raises(AssertionError):
        assert_same_distribution(one, {"01": 10_000, "10": 10_000}, tolerance=0.5)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(DataError, match="one side is counts"):
        assert_same_distribution(bell(), {"00": 1})
    with pytest.raises(DataError, match="2 and 1 bits"):
        assert_same_distribution({"00": 10_000_000}, {"0": 10_000_000})
    with pytest.raises(PlanError, match="100 shots cannot show"):
        assert_same_distribution(bell(), bell(), shots=100)
    with pytest.raises(PlanError, match="40 shots cannot show"):
        assert_same_distribution({"00": 40}, {"00": 40})
    with pytest.raises(AssertionError, match="total variation distance 1"):
        assert_same_distribution({"00": 40}, {"11": 40})
