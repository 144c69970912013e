"""Shots enough for the decision: how often shot noise alone changes an answer.

The decision is the difference of the two largest logits. To first order it is a mean of one number
a shot, whose variance the exact state tells, so that its error falls with 1 / sqrt(shots).
"""

from typing import TYPE_CHECKING, Any

import jax
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from qml.circuits import Observable, ZeroProjector
from qml.tasks.test.checks.base import Checked, Reading
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.states import MOST_STATE_WIRES, expectations, states

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

Values = NDArray[np.float64]

TITLE = "Are the shots enough to decide?"
SECONDS = 2.0
DEFAULT = 1000


def check(subject: "Subject") -> Checked:
    """Hold the margins of test rows to their shot noise.

    Raises:
        SkippedError: The model is a kernel, or too wide for exact states.
    """
    test, given = subject.config.test, subject.config.backend.shots
    model = subject.variational
    if model.circuit.wires > MOST_STATE_WIRES:
        raise SkippedError(f"exact states are made up to {MOST_STATE_WIRES} qubits")
    psi = states(subject.circuits(subject.rows, subject.params))
    margin, deviation = margins(psi, subject)
    shots = test.shots or given or DEFAULT
    share = float(np.mean(flips(margin, deviation, shots) > test.flips))
    enough = enough_shots(margin, deviation, test.flips, test.unsure)
    held = bool(test.shots or given)
    bad = held and share > test.unsure
    reading = Reading(
        name=f"rows unsure at {shots:,} shots",
        value=share,
        threshold=test.unsure if held else None,
        state="failed" if bad else "passed",
    )
    exact = "" if held else "[backend] is exact; "
    return Checked(
        state=reading.state,
        why=f"{exact}at {shots:,} shots {share:.1%} of {len(margin)} test rows may change their"
        f" answer; {enough:,} shots are enough",
        advice=f"backend.shots = {enough}" if bad else "",
        readings=(reading, Reading(name="shots that are enough", value=float(enough))),
        facts={"trained": subject.trained.origin, "rows": len(margin)},
    )


def flips(margin: Values, deviation: Values, shots: int) -> Values:
    """Return the probability that shot noise turns each decision."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(deviation > 0, ndtr(-margin * shots**0.5 / deviation), 0.0)


def enough_shots(margin: Values, deviation: Values, flip: float, unsure: float) -> int:
    """Return the fewest shots at which no more than a share of rows is unsure."""
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(deviation > 0, (ndtri(flip) * deviation / margin) ** 2, 0.0)
    left = int(np.floor(unsure * len(each)))
    return int(np.ceil(min(np.sort(each)[len(each) - 1 - left], 1e15))) + 1


def margins(psi: NDArray[np.complex128], subject: "Subject") -> tuple[Values, Values]:
    """Return the margin of each row and its standard deviation in one shot, shape (rows,)."""
    model, params = subject.variational, subject.params
    observables = model.circuit.observables
    means = expectations(psi, observables)
    logits = np.asarray(model.after(params, means), dtype=float)
    best, second = np.argsort(logits, axis=1)[:, ::-1][:, :2].T
    rows = np.arange(len(means))

    def margin(values: Any) -> Any:
        out = model.after(params, values)
        return (out[rows, best] - out[rows, second]).sum()

    weights = np.asarray(jax.jit(jax.grad(margin))(means.astype(np.float32)), dtype=float)
    return logits[rows, best] - logits[rows, second], _deviation(psi, observables, means, weights)


def _deviation(
    psi: NDArray[np.complex128],
    observables: tuple[Observable | ZeroProjector, ...],
    means: Values,
    weights: Values,
) -> Values:
    """Return the deviation of sum_o w_o O_o in one shot; a bound where one is not diagonal."""
    if all(isinstance(o, Observable) and o.diagonal for o in observables):
        found = [_diagonal(o, psi.shape[1]) for o in observables if isinstance(o, Observable)]
        per_shot = weights @ np.stack(found)
        chance = np.abs(psi) ** 2
        mean = np.sum(chance * per_shot, axis=1)
        return np.asarray(np.sqrt(np.maximum(np.sum(chance * per_shot**2, axis=1) - mean**2, 0)))
    most = np.array([_largest(o) for o in observables])
    each = np.sqrt(np.maximum(most**2 - means**2, 0))
    return np.asarray(np.sum(np.abs(weights) * each, axis=1))


def _diagonal(observable: Observable, size: int) -> Values:
    """Return the eigenvalue of every bit string, shape (size,)."""
    wires, index, total = size.bit_length() - 1, np.arange(size), np.zeros(size)
    for coefficient, string in observable.terms:
        sign = np.ones(size)
        for wire, _ in string:
            sign *= 1 - 2 * ((index >> (wires - 1 - wire)) & 1)
        total += coefficient * sign
    return total


def _largest(observable: Observable | ZeroProjector) -> float:
    if isinstance(observable, ZeroProjector):
        return 1.0
    return float(sum(abs(c) for c, _ in observable.terms))
