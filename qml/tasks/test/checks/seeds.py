"""Stable over seeds: the accuracy of short trainings, and the same seed to the last bit."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from qml import plugins
from qml.algorithms.baselines.base import Problem
from qml.algorithms.baselines.suite import train_baseline
from qml.algorithms.models import Params
from qml.results.tests import mcnemar_exact
from qml.seeds import Seeds
from qml.tasks.test.checks.base import Checked, Reading, held, worst

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Does another seed change the verdict?"
SECONDS = 7.0
CONFIDENCE = 0.95
RIVAL = "logistic_regression"
"""The rival that the verdict is about: it is trained in a moment."""


def check(subject: "Subject") -> Checked:
    """Train from several seeds on the same rows, and twice from the first."""
    test, first = subject.config.test, subject.config.train.seed
    trainer, rows = subject.trainer, subject.work.data.test
    trained = [subject.trained_from(first + number) for number in range(test.seeds)]
    right = [subject.answers(params, rows.features) == rows.labels for params in trained]
    shares = np.array([r.mean() for r in right])
    verdicts = _verdicts(subject, right)
    readings = (
        _repeated(trained[0], trainer.train(first)),
        held("spread of the accuracy", float(np.ptp(shares)), test.spread, beyond="warned"),
        held("verdicts", float(len(set(verdicts)) or 1), 1.0, beyond="warned"),
        _mean(shares),
    )
    state = worst([r.state for r in readings])
    return Checked(
        state=state,
        why=_told(shares, trainer.steps, verdicts),
        advice=_advice(readings),
        readings=readings,
        facts={"accuracy": shares.tolist(), "verdicts": verdicts, "steps": trainer.steps},
    )


def identical(one: Params, other: Params) -> bool:
    """Whether all trained numbers are equal to the last bit."""
    return one.keys() == other.keys() and all(
        np.asarray(one[k]).tobytes() == np.asarray(other[k]).tobytes() for k in one
    )


def _repeated(one: Params, again: Params) -> Reading:
    return held("same seed, bits apart", float(not identical(one, again)), 0.0)


def _mean(shares: NDArray[np.float64]) -> Reading:
    reach = -stdtrit(len(shares) - 1, (1 - CONFIDENCE) / 2) * shares.std(ddof=1)
    half = float(reach / len(shares) ** 0.5)
    mean = float(shares.mean())
    low, high = max(0.0, mean - half), min(1.0, mean + half)
    return Reading(name="accuracy over seeds (95 %)", value=mean, low=low, high=high)


def _verdicts(subject: "Subject", right: list[NDArray[np.bool_]]) -> list[str]:
    """Hold each seed's answers to a classical rival's; empty where there is none."""
    if not subject.config.baselines.enabled:
        return []
    data = subject.work.data
    problem = Problem(
        train_features=data.train.features,
        train_labels=data.train.labels,
        test_features=data.test.features,
        test_labels=data.test.labels,
        classes=subject.work.shape.classes,
        parameters=0,
        seeds=Seeds(subject.config.train.seed),
    )
    found = train_baseline(RIVAL, plugins.load("baselines", RIVAL), problem)
    if found.correct is None:
        return []
    return [_verdict(ours, found.correct) for ours in right]


def _verdict(ours: NDArray[np.bool_], rival: NDArray[np.bool_]) -> str:
    more, less = int((ours & ~rival).sum()), int((~ours & rival).sum())
    if mcnemar_exact(more, less) >= 1 - CONFIDENCE:
        return "no difference shown"
    return "better" if more > less else "worse"


def _told(shares: NDArray[np.float64], steps: int, verdicts: list[str]) -> str:
    listed = ", ".join(f"{100 * share:.1f}" for share in shares)
    against = f"; against {RIVAL}: {', '.join(dict.fromkeys(verdicts))}" if verdicts else ""
    return f"{listed} % after {steps} steps from {len(shares)} seeds{against}"


def _advice(readings: tuple[Reading, ...]) -> str:
    repeated, spread, verdicts, _ = readings
    if repeated.state == "failed":
        return "look for randomness that no seed decides, in model.entry or data.entry"
    if "warned" in {spread.state, verdicts.state}:
        return "one seed is no evidence: report several, e.g. `qml bench --seeds 5`"
    return ""
