"""What solvers share that live on shots."""

from dataclasses import replace

import numpy as np
import pytest
from algorithms.solvers.problems import random_problem

from qml.algorithms.solvers.base import Task
from qml.algorithms.solvers.sampled import FEW, Shots, share_mean, spsa
from qml.engine.diagonal import bits_of
from qml.problems import Group
from qml.problems.penalty import violations


class Left:
    """An allowance of so many evaluations, which nobody takes down."""

    def __init__(self, number):
        self.number = number

    def evaluations(self, most):
        return min(most, self.number)


def test_spsa_walks_down_a_noisy_bowl():
    rng, goal = np.random.default_rng(0), np.array([0.5, -0.3, 0.2])
    steps = spsa(np.zeros(3), 1)
    trials = next(steps)
    for _ in range(300):
        trials = steps.send(((trials - goal) ** 2).sum(axis=1) + 0.001 * rng.normal(size=2))
    assert trials.mean(axis=0) == pytest.approx(goal, abs=0.1)


def test_shots_follow_the_distribution_and_the_allowance():
    chances = np.array([0.1, 0.0, 0.6, 0.3])
    task = Task(problem=random_problem(2, 0), seed=0, left=Left(20_000))
    shots = Shots(task, lambda i: bits_of(i, 2), 20_000)
    found = next(shots.on(chances))
    seen = np.bincount(found.samples @ [2, 1], minlength=4) / 20_000
    assert seen == pytest.approx(chances, abs=0.02)
    assert seen[1] == 0
    assert shots.once(chances).evaluations == FEW
    nobody = Shots(Task(problem=task.problem, seed=0, left=Left(0)), lambda i: bits_of(i, 2), 5)
    assert list(nobody.on(chances)) == []


def test_the_best_share_pays_for_broken_constraints():
    problem = random_problem(3, 0)
    group = Group("one", (0, 1, 2), 1, 1)
    held = replace(problem, groups=(group,))
    samples = bits_of(np.arange(8), 3)
    assert violations(held, samples).tolist() == [1, 0, 0, 1, 0, 1, 1, 4]
    values = np.sort(problem.objectives(samples) + 100.0 * violations(held, samples))
    assert share_mean(held, samples, 0.25, 100.0) == pytest.approx(values[:2].mean())
    assert share_mean(problem, samples, 1.0, None) == pytest.approx(
        problem.objectives(samples).mean()
    )
