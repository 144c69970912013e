"""All scores of a set of answers in one flat table."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.language.clusters import Clusters
from qml.language.scores.agreement import self_consistency, semantic_entropy
from qml.language.scores.diversity import distinct, vendi
from qml.language.scores.likelihood import mean_logprob, perplexity
from qml.language.scores.overlap import self_bleu
from qml.language.sources.base import Answer


def judge(
    answers: Sequence[Answer], embeddings: NDArray[np.float64], clusters: Clusters
) -> dict[str, float | None]:
    """Return every score by name; None means unavailable.

    Args:
        answers: N answers to one prompt.
        embeddings: (N, d), rows of unit length.
        clusters: Which answers mean the same.
    """
    texts = [answer.text for answer in answers]
    logprobs = [answer.logprob for answer in answers]
    mean = mean_logprob(logprobs)
    return {
        "semantic_entropy": semantic_entropy(clusters.ids),
        "semantic_entropy_weighted": semantic_entropy(clusters.ids, logprobs=logprobs),
        "semantic_entropy_normalised": semantic_entropy(clusters.ids, normalise=True),
        "self_consistency": self_consistency(clusters.ids),
        "mean_logprob": mean,
        "perplexity": perplexity(mean),
        "vendi": vendi(embeddings),
        "distinct_1": distinct(texts, 1),
        "distinct_2": distinct(texts, 2),
        "self_bleu": self_bleu(texts),
    }
