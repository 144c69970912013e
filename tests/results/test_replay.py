import json

import numpy as np
import pytest

from qml.results.replay import TIMING, Evidence, judge_replay

METRICS = {
    "test_accuracy": 0.95,
    "test_accuracy_ci": [0.9, 0.98],
    "loss": 0.1234567890123,
    "train_seconds": 3.2,
    "nested": {"steps": 40, "seconds": 1.0},
}
HISTORY = [{"step": step, "loss": 1 / (step + 1), "seconds": 0.1 * step} for step in range(5)]


def evidence(right=95, rows=100, *, roll=0, keep=True, history=HISTORY, **metrics):
    correct = np.roll(np.arange(rows) < right, roll)
    return Evidence(
        metrics={**METRICS, "test_accuracy": right / rows, **metrics},
        history=history,
        correct=correct if keep else None,
        test_rows=rows,
    )


def test_identical():
    found = judge_replay(evidence(), evidence())
    assert found.verdict == "identical"
    assert found.differences == ()
    assert found.test is found.confidence is found.p_value is found.first_difference is None


@pytest.mark.parametrize("key", sorted(TIMING))
def test_clocks_do_not_count(key):
    slow = [{**record, key: 99.0} for record in HISTORY]
    replayed = evidence(history=slow, **{key: 99.0}, nested={"steps": 40, key: 5.0})
    assert judge_replay(evidence(), replayed).verdict == "identical"


def test_types_that_json_does_not_know_are_equal_to_what_it_stored():
    fresh = evidence(loss=np.float64(METRICS["loss"]), test_accuracy_ci=(0.9, 0.98))
    stored = evidence(**json.loads(json.dumps({"test_accuracy_ci": (0.9, 0.98)})))
    assert judge_replay(stored, fresh).verdict == "identical"
    both_nan = evidence(loss=float("nan"))
    assert judge_replay(both_nan, evidence(loss=np.float64("nan"))).verdict == "identical"


def test_the_last_bit_counts():
    found = judge_replay(evidence(), evidence(loss=float(np.nextafter(METRICS["loss"], 1))))
    assert found.verdict == "statistically equal"
    assert found.test == "exact McNemar test of the test accuracy, the same 100 rows"
    assert found.confidence == 0.99
    assert found.p_value == 1.0
    assert found.first_difference == "loss: 0.1234567890123 against 0.12345678901230002"


def test_history_comes_first():
    other = [*HISTORY[:3], {**HISTORY[3], "loss": 0.26}, {**HISTORY[4], "loss": 0.9}]
    found = judge_replay(evidence(), evidence(right=94, history=other))
    assert found.first_difference == "step 3, loss: 0.25 against 0.26"
    assert found.differences == (
        "step 3, loss: 0.25 against 0.26",
        "test_accuracy: 0.95 against 0.94",
        "answers: 1 of 100 test rows, first row 94",
    )


def test_shorter_history():
    found = judge_replay(evidence(), evidence(history=HISTORY[:4]))
    assert found.first_difference == "history: 5 records against 4"


def test_records_without_steps_are_numbered():
    found = judge_replay(evidence(history=[{"loss": 1.0}]), evidence(history=[{"loss": 2.0}]))
    assert found.first_difference == "record 1, loss: 1.0 against 2.0"


def test_missing_metric():
    found = judge_replay(evidence(), evidence(extra=1))
    assert found.differences == ("extra: missing against 1",)


def test_answers_that_differ_behind_equal_metrics_are_not_identical():
    found = judge_replay(evidence(), evidence(roll=1))
    assert found.verdict == "statistically equal"
    assert found.first_difference == "answers: 2 of 100 test rows, first row 0"


def test_drifted_by_mcnemar():
    found = judge_replay(evidence(), evidence(right=80))
    assert found.verdict == "drifted"
    assert found.p_value == pytest.approx(2 / 2**15)
    assert found.first_difference == "test_accuracy: 0.95 against 0.8"
    assert judge_replay(evidence(), evidence(right=88)).verdict == "statistically equal"
    assert judge_replay(evidence(), evidence(right=88), confidence=0.95).verdict == "drifted"


def test_without_rows_it_counts_right_answers():
    found = judge_replay(evidence(), evidence(right=94, keep=False))
    assert found.verdict == "statistically equal"
    assert found.test == "Fisher's exact test of the test accuracy, 100 rows, not paired"
    assert judge_replay(evidence(keep=False), evidence(right=60)).verdict == "drifted"


@pytest.mark.parametrize("keep", [True, False])
def test_another_number_of_test_rows_is_drift_whatever_the_accuracy(keep):
    found = judge_replay(evidence(), evidence(right=190, rows=200, keep=keep))
    assert found.verdict == "drifted"
    assert found.test is None
    assert "test rows: 100 against 200" in found.differences


def test_nothing_to_test_is_drifted():
    before, after = Evidence(metrics={"loss": 1.0}), Evidence(metrics={"loss": 2.0})
    found = judge_replay(before, after)
    assert found.verdict == "drifted"
    assert found.test is None
    assert found.first_difference == "loss: 1.0 against 2.0"


def test_equally_accurate_models_are_rarely_called_drifted():
    random = np.random.default_rng(3)
    drifted = 0
    for _ in range(1_000):
        a, b = (random.random(300) < 0.85 for _ in range(2))
        before = Evidence(metrics={"test_accuracy": float(a.mean())}, correct=a)
        after = Evidence(metrics={"test_accuracy": float(b.mean())}, correct=b)
        drifted += judge_replay(before, after).verdict == "drifted"
    assert drifted <= 22  # 10 in expectation at most, plus 3.8 standard deviations
