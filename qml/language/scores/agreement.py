"""How far sampled answers agree in meaning.

Kuhn, Gal, Farquhar, "Semantic uncertainty", ICLR 2023 (entropy); Wang et al., "Self-consistency
improves chain of thought reasoning", ICLR 2023.
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence

from qml.errors import UsageError


def semantic_entropy(
    ids: Sequence[Hashable],
    *,
    logprobs: Sequence[float | None] | None = None,
    normalise: bool = False,
) -> float | None:
    """Return the entropy over clusters of meaning, -sum_c p_c ln p_c.

    Args:
        ids: Cluster of each answer.
        logprobs: Mean log-probability of each answer: p_c is then proportional to the sum of
            their exponentials; None for the share of answers.
        normalise: Divide by ln N, so that it lies in 0 to 1.

    Returns:
        Nats; None where a log-probability is unavailable.

    Raises:
        UsageError: No answers, or another number of log-probabilities.
    """
    _filled(ids)
    weights = [0.0] * len(ids) if logprobs is None else list(logprobs)
    if len(weights) != len(ids):
        raise UsageError(f"{len(ids)} answers but {len(weights)} log-probabilities")
    if any(weight is None for weight in weights):
        return None
    mass: Counter[Hashable] = Counter()
    for cluster, weight in zip(ids, weights, strict=True):
        mass[cluster] += math.exp(weight or 0.0)  # type: ignore[assignment]  # a mass is no count
    total = sum(mass.values())
    entropy = -sum(m / total * math.log(m / total) for m in mass.values())
    scale = math.log(len(ids)) if normalise and len(ids) > 1 else 1.0
    return max(0.0, entropy) / scale


def self_consistency(ids: Sequence[Hashable]) -> float:
    """Return the share of the largest cluster, 1/N to 1.

    Raises:
        UsageError: No answers.
    """
    _filled(ids)
    return max(Counter(ids).values()) / len(ids)


def _filled(ids: Sequence[Hashable]) -> None:
    if not ids:
        raise UsageError("no answers to judge")
