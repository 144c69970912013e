"""What a trained generative model is held to: rows that it has not seen."""

from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.generators.base import Floats, Generator, Parities
from qml.algorithms.models import Params
from qml.results import mmd
from qml.results.mmd import Estimate

OPERATORS = 2_000
"""Operators that judge a model of so many bits that not all can be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeldOut:
    """What models are judged on.

    Attributes:
        rows: Held-out rows, 0 and 1, shape (m, bits).
        sigmas: Bandwidths of the kernel.
        target: Distribution for the total variation distance, shape (2**bits,): the known one, else
            the relative frequencies of the rows; None where there are too many bits.
        seed: Seed of the operators, where they are drawn.
    """

    rows: NDArray[np.int8]
    sigmas: tuple[float, ...]
    target: Floats | None
    seed: int

    @property
    def exact(self) -> bool:
        """Whether every string can be looked at."""
        return bool(self.rows.shape[1] <= mmd.MOST_BITS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judgement:
    """How well a model does.

    Attributes:
        overall: MMD^2 with the mean of the kernels.
        each: MMD^2 by bandwidth.
        variation: Total variation distance to the target, or None.
        probabilities: Exact distribution of the model, or None.
    """

    overall: Estimate
    each: dict[float, Estimate]
    variation: float | None
    probabilities: Floats | None

    def metrics(self) -> dict[str, Any]:
        """Return flat numbers by name: `mmd2`, `mmd2_ci`, `mmd2_sigma_1`, ..., `tvd`."""
        named = {"mmd2": self.overall}
        named |= {f"mmd2_sigma_{sigma:g}": found for sigma, found in self.each.items()}
        found: dict[str, Any] = {}
        for name, estimate in named.items():
            found |= {name: estimate.value, f"{name}_ci": list(estimate.interval)}
        return found | {"tvd": self.variation}


def judge(generator: Generator, params: Params, held: HeldOut) -> Judgement:
    """Judge a trained model."""
    if not held.exact:
        return _judge_drawn(generator, params, held)
    p = generator.probabilities(params)
    return Judgement(
        overall=mmd.against_rows(p, held.rows, held.sigmas),
        each={s: mmd.against_rows(p, held.rows, [s]) for s in held.sigmas},
        variation=None if held.target is None else mmd.total_variation(p, held.target),
        probabilities=p,
    )


def compare(ours: Judgement, theirs: Judgement, held: HeldOut) -> Estimate:
    """Return our MMD^2 minus theirs; paired over the rows where both distributions are known."""
    if ours.probabilities is not None and theirs.probabilities is not None:
        return mmd.difference(ours.probabilities, theirs.probabilities, held.rows, held.sigmas)
    a, b = ours.overall, theirs.overall
    return Estimate(a.value - b.value, hypot(a.error, b.error))


def _judge_drawn(generator: Generator, params: Params, held: HeldOut) -> Judgement:
    """Judge by operators drawn at random, the same number for each bandwidth."""
    random = np.random.default_rng(held.seed)
    count = OPERATORS // len(held.sigmas)
    chances = np.repeat([mmd.flip_probability(s) for s in held.sigmas], count)
    operators = (random.random((len(chances), generator.bits)) < chances[:, None]).astype(np.int8)
    found = generator.parities(params, operators, held.seed)
    seen = _seen(operators, held.rows)
    rows = len(held.rows)
    each = {
        sigma: _estimate(found, seen, slice(i * count, (i + 1) * count), rows)
        for i, sigma in enumerate(held.sigmas)
    }
    return Judgement(
        overall=_estimate(found, seen, slice(None), rows),
        each=each,
        variation=None,
        probabilities=None,
    )


def _estimate(found: Parities, seen: Floats, part: slice, rows: int) -> Estimate:
    return mmd.from_operators(found.mean[part], found.square[part], seen[part], rows)


def _seen(operators: NDArray[np.int8], rows: NDArray[np.int8]) -> Floats:
    crossed = operators.astype(np.float32) @ rows.T.astype(np.float32)
    return np.asarray((1.0 - 2.0 * (crossed % 2)).mean(axis=1, dtype=np.float64))
