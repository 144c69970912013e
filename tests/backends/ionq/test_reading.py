"""Results in both shapes that the API has, in order, as whole numbers."""

import numpy as np
import pytest

from qml.backends.ionq import reading
from qml.backends.ionq.ticket import Ticket
from qml.backends.ionq.translate import bits
from qml.errors import ProviderError
from qml.results.counts import Counts


class Answers:
    """Stands where the client stands."""

    def __init__(self, payload):
        self.payload = payload
        self.asked = []

    def results(self, url):
        self.asked.append(url)
        return self.payload

    def artifact(self, job, artifact):
        self.asked.append((job, artifact))
        return self.payload


def ticket(*wires):
    return Ticket("k", 0, 100, wires, 0, 0)


def test_outcomes_are_read_with_wire_0_first():
    assert [bits(o, 3) for o in ("0", "1", "6", "4")] == ["000", "100", "011", "001"]


@pytest.mark.parametrize("outcome", ["8", "-1", "", "x", "1.0", "٣"])
def test_other_outcomes_are_refused(outcome):
    with pytest.raises(ProviderError, match="outcome"):
        bits(outcome, 3)


def test_one_circuit_by_address_or_by_artifact():
    by_url = Answers({"1": 1.0})
    job = {"id": "j", "results": {"probabilities": {"url": "/v0.4/jobs/j/results/probabilities"}}}
    assert reading.distributions(by_url, job, ticket(2)) == [{"1": 1.0}]
    assert by_url.asked == ["/v0.4/jobs/j/results/probabilities"]
    by_id = Answers({"1": 1.0})
    job = {"id": "j", "results": {"ionq.result.probabilities.json.v1": {"id": "a"}}}
    assert reading.distributions(by_id, job, ticket(2)) == [{"1": 1.0}]
    assert by_id.asked == [("j", "a")]


def test_circuits_come_in_the_order_of_the_children_not_of_the_answer():
    answers = Answers({"c": {"2": 1}, "a": {"0": 1}, "b": {"1": 1}})
    results = {"ionq.result.probabilities-aggregate.json.v1": {"id": "x"}}
    job = {"id": "j", "child_job_ids": ["a", "b", "c"], "results": results}
    found = reading.distributions(answers, job, ticket(2, 2, 2))
    assert found == [{"0": 1}, {"1": 1}, {"2": 1}]


@pytest.mark.parametrize("children", [["a"], ["a", "b", "c"], ["a", "z"], None])
def test_a_result_too_few_or_too_many_is_refused(children):
    answers = Answers({"a": {"0": 1}, "b": {"1": 1}})
    job = {"id": "j", "child_job_ids": children, "results": {"probabilities": {"url": "/x"}}}
    with pytest.raises(ProviderError):
        reading.distributions(answers, job, ticket(2, 2))


@pytest.mark.parametrize("payload", [{}, {"0": "1"}, {"0": None}, {"0": 1.5}, {"0": 0}, {"0": -1}])
def test_what_is_no_distribution_is_refused(payload):
    job = {"id": "j", "results": {"probabilities": {"url": "/x"}}}
    with pytest.raises(ProviderError):
        reading.distributions(Answers(payload), job, ticket(2))


def test_a_job_without_results_is_refused():
    for results in (None, {}, {"probabilities": {}}, {"ionq.result.shots.json.v2": {"id": "s"}}):
        with pytest.raises(ProviderError, match="names no probabilities"):
            reading.distributions(Answers({}), {"id": "j", "results": results}, ticket(2))


def test_frequencies_are_whole_counts():
    found = reading.counted({"0": 0.333333, "3": 0.666667}, 2, 3, mitigated=False)
    assert found == Counts(2, {"00": 1, "11": 2})
    assert reading.counted({"0": 1, "1": 0}, 2, 7, mitigated=False) == Counts(2, {"00": 7})


@pytest.mark.parametrize("distribution", [{"0": 0.25, "1": 0.75}, {"0": 0.9}, {"0": 1, "1": 1}])
def test_frequencies_of_another_number_of_shots_are_refused(distribution):
    with pytest.raises(ProviderError, match="not those of 10 shots"):
        reading.counted(distribution, 1, 10, mitigated=False)


def test_mitigated_frequencies_are_rounded_so_that_they_add_up():
    found = reading.counted({"0": 0.26, "1": 0.25, "2": 0.49}, 2, 10, mitigated=True)
    assert found == Counts(2, {"00": 3, "10": 2, "01": 5})
    assert found.shots == 10


def test_samples_follow_the_distribution_and_repeat():
    exact = {"0": 0.1, "5": 0.6, "7": 0.3, "2": 0.0}
    found = reading.sampled(exact, 3, 100_000, [3, 0])
    again = reading.sampled(dict(reversed(exact.items())), 3, 100_000, [3, 0])
    assert found == again
    assert found != reading.sampled(exact, 3, 100_000, [3, 1])
    shares = {key: n / 100_000 for key, n in found.tally.items()}
    assert set(shares) == {"000", "101", "111"}
    np.testing.assert_allclose(
        [shares["000"], shares["101"], shares["111"]], [0.1, 0.6, 0.3], atol=0.01
    )
