from dataclasses import replace

import numpy as np
import pytest

from qml.errors import DataError
from qml.results.outcome import BaselineOutcome
from qml.results.verdict import compare, verdict

ROWS = 360


def answers(right, rows=ROWS):
    """The first `right` rows answered rightly."""
    return np.arange(rows) < right


def stand(quantum, **baselines):
    found = compare(quantum, baselines)
    outcomes = [
        BaselineOutcome(
            name=name,
            metrics={"test_accuracy": float(correct.mean())},
            comparison=found[name],
        )
        for name, correct in baselines.items()
    ]
    return verdict(float(quantum.mean()), quantum.size, outcomes)


def test_compare_counts_discordant_rows_and_corrects_over_all():
    quantum = answers(300)
    found = compare(quantum, {"a": answers(294), "b": answers(310), "c": answers(300)})
    assert found["a"].difference == pytest.approx(6 / 360)
    assert found["a"].p_value == 2 / 2**6
    assert found["b"].p_value == 2 / 2**10
    assert found["c"].p_value == 1.0
    assert [found[k].p_adjusted for k in "abc"] == pytest.approx([4 / 64, 6 / 1024, 1.0])


def test_compare_uses_the_pairing():
    one, other = answers(180), ~answers(180)
    assert compare(one, {"b": other})["b"].p_value == 1.0
    assert compare(one, {"b": one})["b"].p_value == 1.0


def test_compare_refuses_other_rows():
    with pytest.raises(DataError, match="same test rows"):
        compare(answers(3), {"mlp": answers(3, rows=10)})
    with pytest.raises(DataError):
        compare(answers(0, rows=0), {"mlp": answers(0, rows=0)})


def test_no_difference():
    quantum, mlp = answers(344), answers(347)
    assert stand(quantum, mlp=mlp, weak=answers(343)) == (
        "No difference shown: 0.956 against 0.964 of mlp "
        "(360 test rows, exact McNemar p = 0.5 after Holm)."
    )


def test_worse_and_better():
    assert stand(answers(300), rbf_svc=answers(340)) == (
        "Worse than rbf_svc: 0.833 against 0.944 (360 test rows, exact McNemar p < 0.001 after "
        "Holm)."
    )
    assert stand(answers(340), rbf_svc=answers(331)) == (
        "Better than rbf_svc: 0.944 against 0.919 (360 test rows, exact McNemar p = 0.0039 after "
        "Holm)."
    )


def test_best_not_significant_but_another_is():
    sentence = stand(answers(340), mlp=answers(342), logistic_regression=answers(300))
    assert sentence.startswith("No difference shown: 0.944 against 0.950 of mlp")
    assert sentence.endswith("; better than logistic_regression (p < 0.001).")


def test_worse_than_another_but_not_shown_against_the_best():
    # the best differs on many rows both ways, the second only in one direction
    quantum = answers(300)
    best = np.roll(answers(316), 44)
    second = answers(315)
    sentence = stand(quantum, best=best, second=second)
    assert sentence.startswith("No difference shown: 0.833 against 0.878 of best")
    assert "; worse than second (p < 0.001)" in sentence


def test_tied_baselines_the_clearer_difference_is_named():
    quantum = answers(300)
    noisy, clear = np.roll(answers(315), 45), answers(315)
    for order in ({"noisy": noisy, "clear": clear}, {"clear": clear, "noisy": noisy}):
        sentence = stand(quantum, **order)
        assert sentence.startswith("Worse than clear: 0.833 against 0.875 (")
        assert "noisy" not in sentence


def test_equal_accuracy_is_no_difference():
    assert stand(answers(340), mlp=answers(340)).startswith(
        "No difference shown: 0.944 against 0.944 of mlp"
    )


def test_many_rows_show_one_more_digit():
    sentence = stand(answers(8_213, 10_000), mlp=answers(8_214, 10_000))
    assert "0.8213 against 0.8214 of mlp (10,000 test rows" in sentence


def test_without_baselines():
    assert verdict(0.9, 100, []) == "Not compared: no baseline was trained."
    skipped = BaselineOutcome(name="rbf_svc", skipped="60,000 training rows")
    assert verdict(0.9, 100, [skipped]) == (
        "Not compared: no baseline was trained (rbf_svc: 60,000 training rows)."
    )


def test_skipped_baselines_take_no_part():
    skipped = BaselineOutcome(name="rbf_svc", skipped="60,000 training rows")
    found = compare(answers(340), {"mlp": answers(341)})
    trained = BaselineOutcome(
        name="mlp", metrics={"test_accuracy": 341 / 360}, comparison=found["mlp"]
    )
    assert "rbf_svc" not in verdict(340 / 360, ROWS, [skipped, trained])
    assert replace(trained, comparison=None).comparison is None


@pytest.mark.parametrize("correlated", [True, False])
def test_rarely_claims_a_difference_where_there_is_none(correlated):
    random = np.random.default_rng(1)
    claims = 0
    for _ in range(1_000):
        hard = random.random(200) if correlated else None
        models = [_model(random, hard) for _ in range(4)]
        sentence = stand(models[0], a=models[1], b=models[2], c=models[3])
        claims += "etter than" in sentence or "orse than" in sentence
    # 5 % at most in expectation; 7.5 % is 3.6 standard deviations above it
    assert claims <= 75


def _model(random, hard):
    """Answers of one of several equally accurate models (0.8), with or without shared hard rows."""
    if hard is None:
        return random.random(200) < 0.8
    return random.random(200) < np.where(hard < 0.5, 0.95, 0.65)


def test_finds_a_difference_where_there_is_one():
    random = np.random.default_rng(2)
    found = 0
    for _ in range(100):
        weak, strong = random.random(1_000) < 0.8, random.random(1_000) < 0.88
        found += stand(weak, strong=strong, other=random.random(1_000) < 0.8).startswith(
            "Worse than strong"
        )
    assert found >= 90
