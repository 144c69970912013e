from collections import Counter

import numpy as np
import optuna
import pytest

from qml.tuning import AutoSampler
from qml.tuning.samplers.surrogate import HOW

NAMES = "abcd"


def chosen(function, trials=24, **settings):
    sampler = AutoSampler(seed=0, **settings)
    study = optuna.create_study(sampler=sampler)
    study.optimize(function, n_trials=trials)
    return Counter(t.user_attrs.get(HOW) for t in study.trials[12:]), sampler, study


def levels(trial):
    return np.array([trial.suggest_categorical(name, ["u", "v", "w"]) == "v" for name in NAMES])


def test_sums_are_left_to_the_linear_model():
    found, sampler, _ = chosen(lambda t: float(levels(t) @ [1.0, 2.0, 3.0, -4.0]))
    assert found.most_common(1)[0][0] == "linear"
    assert sampler.fits["linear"] > 0.5


def test_products_are_left_to_the_quadratic_model():
    def pairs(trial):
        s = 2.0 * levels(trial) - 1
        return float(3 * s[0] * s[1] - 2 * s[2] * s[3])

    found, sampler, _ = chosen(pairs, 40)
    assert found["quadratic"] > found["linear"]
    assert sampler.fits["quadratic"] > sampler.fits["linear"]


def test_noise_is_left_to_tpe():
    noise = np.random.default_rng(0)
    found, sampler, study = chosen(lambda t: float(levels(t).sum() * 0 + noise.random()))
    assert found["tpe"] > 0
    assert min(sampler.fits.values()) < 0.05
    assert study.trials[-1].params.keys() == set(NAMES)


def test_nothing_is_known_before_the_first_choice():
    assert AutoSampler(seed=0).fits == {}


@pytest.mark.parametrize("seed", [0, 1])
def test_tpe_within_auto_repeats(seed):
    def run():
        noise = np.random.default_rng(1)
        study = optuna.create_study(sampler=AutoSampler(seed=seed))
        study.optimize(lambda t: float(levels(t).sum() * 0 + noise.random()), n_trials=18)
        return [t.params for t in study.trials]

    assert run() == run()
