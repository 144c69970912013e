"""Robust to noise: how much accuracy is left as the rates of a machine grow.

The rates of a published noise model are multiplied; expectations are those of Pauli trajectories.
The interval of the loss is the paired one of Bonett and Price, Br. J. Math. Stat. Psychol. 65, 430
(2012): rows that only one of the two answers right decide.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from qml.backends.noise import PUBLISHED, Rates
from qml.circuits import Observable
from qml.seeds import derive
from qml.tasks.test.checks.base import Checked, Reading, worst
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.trajectories import Noisy

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Does the accuracy survive a machine's noise?"
SECONDS = 12.0
SCALES = (0.5, 1.0, 2.0, 4.0)
"""Multiples of a noise model's rates."""


def check(subject: "Subject") -> Checked:
    """Answer test rows at several strengths of each noise model.

    Raises:
        SkippedError: No noise model is named, or the model is a kernel.
    """
    names = subject.config.test.noise
    if not names:
        raise SkippedError("test.noise names no model", hint="--noise forte-1")
    model = subject.variational
    observables = [o for o in model.circuit.observables if isinstance(o, Observable)]
    noisy = Noisy(subject.circuits(subject.rows, subject.params), observables, subject.evaluator)
    clean = _right(subject, noisy, Rates())
    readings, curves = [], {}
    for name in names:
        answered = {s: _right(subject, noisy, scaled(PUBLISHED[name], s)) for s in SCALES}
        curves[name] = {"0": float(clean.mean())} | {
            f"{s:g}": float(right.mean()) for s, right in answered.items()
        }
        lost = _lost(clean, answered[1.0], subject.share / len(names))
        readings.append(_reading(name, lost, subject.config.test.noise_loss))
    state = worst([r.state for r in readings])
    return Checked(
        state=state,
        why="; ".join(_told(name, curves[name]) for name in names),
        advice=""
        if state == "passed"
        else "fewer two-qubit gates (`qml compress --circuit`), or [mitigation]",
        readings=tuple(readings),
        tests=len(names),
        facts={"accuracy": curves, "rows": len(clean), "trained": subject.trained.origin},
    )


def scaled(rates: Rates, by: float) -> Rates:
    """Return rates times a number, at most 1."""
    return Rates(one_qubit=min(1.0, rates.one_qubit * by), two_qubit=min(1.0, rates.two_qubit * by))


def interval(
    clean: NDArray[np.bool_], noisy: NDArray[np.bool_], error_rate: float
) -> tuple[float, float]:
    """Return the interval of the difference of two shares on the same rows."""
    rows = len(clean) + 2
    b, c = int((clean & ~noisy).sum()) + 1, int((~clean & noisy).sum()) + 1
    value = (b - c) / rows
    reach = -float(ndtri(error_rate / 2)) * ((b + c) / rows - value**2) ** 0.5 / rows**0.5
    return value - reach, value + reach


def _lost(
    clean: NDArray[np.bool_], noisy: NDArray[np.bool_], error_rate: float
) -> tuple[float, float, float]:
    return float(clean.mean() - noisy.mean()), *interval(clean, noisy, error_rate)


def _reading(name: str, lost: tuple[float, float, float], most: float) -> Reading:
    value, low, high = lost
    state: Any = "failed" if low > most else "warned" if value > most else "passed"
    return Reading(
        name=f"accuracy lost on {name}",
        value=value,
        threshold=most,
        low=low,
        high=high,
        state=state,
    )


def _right(subject: "Subject", noisy: Noisy, rates: Rates) -> NDArray[np.bool_]:
    """Tell which rows are answered right."""
    seed = derive(subject.seed("noise"), str(rates))
    found = noisy.expectations(rates, subject.config.test.trajectories, seed)
    logits = np.asarray(subject.variational.after(subject.params, found))
    return np.asarray(logits.argmax(axis=1) == subject.labels)


def _told(name: str, curve: dict[str, float]) -> str:
    steps = ", ".join(f"{100 * accuracy:.1f} %" for accuracy in curve.values())
    return f"{name}: {steps} at {', '.join(curve)} times its rates"
