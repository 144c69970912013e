"""How much a set of answers differs: in meaning (Vendi) and in words (distinct-n).

Friedman, Dieng, "The Vendi score", TMLR 2023; Li et al., "A diversity-promoting objective
function", NAACL 2016.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qml.errors import UsageError
from qml.language.words import words

_RELATIVE = 1e-12
"""Eigenvalues below this share of the trace are rounding."""


def vendi(embeddings: NDArray[np.float64]) -> float:
    """Return the effective number of different answers, exp of the entropy of K/N.

    Args:
        embeddings: (N, d), rows of unit length; K is their matrix of cosines.

    Returns:
        1 (all alike) to N (all orthogonal).

    Raises:
        UsageError: No rows.
    """
    if embeddings.ndim != 2 or not len(embeddings):  # noqa: PLR2004 - a matrix
        raise UsageError("the Vendi score needs a matrix with one row for each answer")
    kernel = embeddings @ embeddings.T
    np.fill_diagonal(kernel, 1.0)
    eigenvalues = np.linalg.eigvalsh(kernel / len(kernel))
    kept = eigenvalues[eigenvalues > _RELATIVE]
    return float(np.exp(-np.sum(kept * np.log(kept))))


def distinct(texts: Sequence[str], n: int) -> float | None:
    """Return unique n-grams of words over all of them, pooled over the texts, 0 to 1.

    None where no text has n words.
    """
    grams = [gram for text in texts for gram in ngrams(words(text), n)]
    return len(set(grams)) / len(grams) if grams else None


def ngrams(sequence: Sequence[str], n: int) -> Iterator[tuple[str, ...]]:
    """Yield the runs of n neighbours."""
    return zip(*(sequence[i:] for i in range(n)), strict=False)
