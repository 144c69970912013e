"""Whether pair terms predict better than the sum of sensitivities, on allocations held out.

Pair terms fitted to a handful of measurements can overfit: in our own measurements the optimum of
the quadratic model was worse than that of the additive one. So both predict the divergence of
allocations that were measured on other text, and the quadratic model is used only where its rank
correlation (Spearman) is higher, and would be in nine of ten samples of such allocations.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from qml.compression.bench import Bench
from qml.compression.bits.allocation import Problem
from qml.compression.bits.heldout_allocations import random_allocations, true_divergences
from qml.compression.bits.pairs import interactions
from qml.compression.bits.table import Pairs, Table
from qml.compression.candidate import Candidate

LEAST = 20
"""Fewest allocations that decide."""
SURE = 0.9
"""Share of resamples in which pair terms must predict better."""
_RESAMPLES = 2000

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the held-out allocations say.

    Attributes:
        use: Whether the quadratic model predicts better.
        words: Why it is used, or why not.
        additive: Spearman correlation of the additive prediction with the true divergence.
        quadratic: The same with pair terms.
        share: Share of resamples of the allocations in which pair terms predict better.
        true: Divergences, shape (allocations,) (nats per output).
        predicted: By the additive and by the quadratic model, shape (2, allocations).
    """

    use: bool
    words: str
    additive: float
    quadratic: float
    share: float
    true: Values
    predicted: Values


def held_out_check(
    bench: Bench, base: Candidate, table: Table, pairs: Pairs, budget: float
) -> Check:
    """Measure random allocations near a budget on other calibration text, and compare.

    Args:
        bench: What every method works with; `compress.bits.held_out` says how many allocations.
        base: What the table was measured from.
        table: Of `measure`.
        pairs: Of `measure_pairs`.
        budget: Most bits of all units, as `bench.exporter` counts them.

    Raises:
        DataError: The calibration has no other text.
        InterruptedRunError: Somebody asked to stop; what was measured is kept.
        UsageError: The cache cannot be written, or a process died.
    """
    count, seed = bench.section.bits.held_out, bench.seeds["bits/held-out"]
    choices = random_allocations(table, budget, count, seed)
    models = [
        Problem(costs=table.kl, sizes=table.bits, budget=budget, pairs=terms)
        for terms in (None, interactions(table, pairs))
    ]
    predicted = np.array([[model.objective(choice) for choice in choices] for model in models])
    if len(choices) < LEAST:
        return _too_few(len(choices), predicted)
    true = true_divergences(bench, base, table, choices)
    return decide(true, predicted, bench.seeds["bits/held-out/resamples"])


def decide(true: Values, predicted: Values, seed: int) -> Check:
    """Compare both predictions with the truth.

    Args:
        true: Shape (allocations,).
        predicted: By the additive and by the quadratic model, shape (2, allocations).
        seed: Of the resamples.
    """
    additive, quadratic = (float(spearman(row[None], true[None])[0]) for row in predicted)
    picks = np.random.default_rng(seed).integers(len(true), size=(_RESAMPLES, len(true)))
    one, other = (spearman(row[picks], true[picks]) for row in predicted)
    share = float((other > one).mean())
    use = quadratic > additive and share >= SURE
    return Check(
        use=use,
        words=_words(use=use, count=len(true), rho=(additive, quadratic), share=share),
        additive=additive,
        quadratic=quadratic,
        share=share,
        true=true,
        predicted=predicted,
    )


def spearman(one: Values, other: Values) -> Values:
    """Return the rank correlation of each row, shape (rows,); 0 where a row is constant.

    Args:
        one: Shape (rows, n).
        other: Shape (rows, n).
    """
    a, b = (rankdata(x, axis=1) for x in (one, other))
    a, b = (x - x.mean(1, keepdims=True) for x in (a, b))
    scale = np.sqrt((a * a).sum(1) * (b * b).sum(1))
    found: Values = np.divide((a * b).sum(1), scale, out=np.zeros(len(a)), where=scale > 0)
    return found


def _words(*, use: bool, count: int, rho: tuple[float, float], share: float) -> str:
    found = (
        f"on {count} held-out allocations their rank correlation with the true divergence is"
        f" {rho[1]:.2f}, that of the sum of sensitivities {rho[0]:.2f}"
    )
    sure = f"it is higher in {share:.0%} of resamples"
    if use:
        return f"pair terms are used: {found}; {sure}"
    if rho[1] > rho[0]:
        return f"pair terms are not used: {found}, but {sure} only, less than {SURE:.0%}"
    return f"pair terms are not used: {found}"


def _too_few(count: int, predicted: Values) -> Check:
    return Check(
        use=False,
        words=f"pair terms are not used: {count} different allocations are near the target, too"
        f" few to tell whether they predict better ({LEAST} are needed)",
        additive=0.0,
        quadratic=0.0,
        share=0.0,
        true=np.zeros(0),
        predicted=predicted,
    )
