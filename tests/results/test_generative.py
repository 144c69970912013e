"""The sentence on a generative model names who is closer, also where that is a rival."""

import pytest

from qml.results.generative import GenerativeRival, comparison, standing, verdict
from qml.results.mmd import Estimate

OURS = Estimate(1e-3, 1e-5)


def metrics(found):
    return {"mmd2": found.value, "mmd2_ci": list(found.interval)}


def rival(name, theirs, error=2e-5):
    apart = Estimate(OURS.value - theirs.value, error)
    return GenerativeRival(
        name=name,
        parameters=1,
        metrics=metrics(theirs),
        comparison=comparison(OURS, theirs, apart),
    )


def test_the_best_rival_leads_the_sentence():
    said = verdict(
        "iqp",
        metrics(OURS),
        [rival("bitflip", Estimate(1.6e-2, 1e-4)), rival("rbm", Estimate(3e-4, 1e-5))],
    )
    assert said.startswith("rbm wins: iqp has held-out MMD^2 0.001 [")
    assert "; better than bitflip by a factor of 16.0 (0.016 [" in said


def test_where_the_model_is_closest_it_says_so():
    said = verdict("iqp", metrics(OURS), [rival("rbm", Estimate(2e-3, 1e-5))])
    assert said.startswith("iqp is closer to the held-out rows than rbm: ")


def test_a_difference_within_the_noise_is_none():
    said = verdict("iqp", metrics(OURS), [rival("rbm", Estimate(1.01e-3, 1e-5))])
    assert said.startswith("No difference shown between iqp and rbm: ")


def test_total_variation_is_told_where_a_rival_is_closer_by_it():
    close, far = rival("rbm", Estimate(2e-3, 1e-5)), rival("bitflip", Estimate(2e-2, 1e-5))
    close.metrics["tvd"], far.metrics["tvd"] = 0.15, 0.8
    said = verdict("iqp", metrics(OURS) | {"tvd": 0.42}, [close, far])
    assert said.endswith("; by total variation distance rbm is closer, 0.15 against 0.42.")
    said = verdict("iqp", metrics(OURS) | {"tvd": 0.1}, [close, far])
    assert "variation" not in said


def test_without_rivals_nothing_is_compared():
    assert verdict("iqp", metrics(OURS), []).startswith("Not compared: no rival was trained.")


@pytest.mark.parametrize(("theirs", "word"), [(2e-3, "ahead"), (1e-4, "behind"), (1.01e-3, "even")])
def test_standing_is_by_the_paired_interval(theirs, word):
    found = rival("rbm", Estimate(theirs, 1e-5))
    assert standing(found.comparison) == word


def test_no_ratio_of_numbers_that_may_be_zero():
    found = rival("rbm", Estimate(1e-5, 1e-4))
    assert found.comparison["ratio"] is None
