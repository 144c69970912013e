"""Seeds: the same seed gives the same bits; what does not, fails."""

import numpy as np

from qml.tasks.test.checks import seeds


class Wobbly:
    """A training that no seed decides."""

    steps = 12

    def __init__(self, trainer):
        self._trainer = trainer
        self._random = np.random.default_rng(0)

    def train(self, seed):
        params = self._trainer.train(seed)
        return {k: v + self._random.normal(0, 1e-6, v.shape) for k, v in params.items()}


def test_a_seed_repeats(make):
    found = seeds.check(make("test.spread=1.0"))
    assert found.readings[0].state == "passed"
    assert len(found.facts["accuracy"]) == 3
    assert found.state == "passed"


def test_what_no_seed_decides_fails(make):
    one = make()
    one.__dict__["trainer"] = Wobbly(one.trainer)
    found = seeds.check(one)
    assert found.state == "failed"
    assert "no seed" in found.advice


def test_bits_are_compared():
    one = {"w": np.array([0.0, 1.0])}
    assert seeds.identical(one, {"w": np.array([0.0, 1.0])})
    assert not seeds.identical(one, {"w": np.array([-0.0, 1.0])})
    assert not seeds.identical(one, {"v": np.array([0.0, 1.0])})


def test_another_verdict_warns():
    rival = np.array([True] * 50 + [False] * 50)
    better = np.ones(100, dtype=bool)
    assert seeds._verdict(better, rival) == "better"
    assert seeds._verdict(~better, rival) == "worse"
    assert seeds._verdict(rival, rival) == "no difference shown"
