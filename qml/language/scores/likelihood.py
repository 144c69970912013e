"""How likely a model finds what it wrote."""

import math
from collections.abc import Sequence


def mean_logprob(logprobs: Sequence[float | None]) -> float | None:
    """Return the mean over answers of their mean log-probabilities (nats).

    None where any is unavailable: a mean over some answers would compare unlike sets.
    """
    known = [logprob for logprob in logprobs if logprob is not None]
    if not known or len(known) < len(logprobs):
        return None
    return math.fsum(known) / len(known)


def perplexity(logprob: float | None) -> float | None:
    """Return exp(-mean log-probability), 1 or more; None where it is unavailable."""
    return None if logprob is None else math.exp(-logprob)
