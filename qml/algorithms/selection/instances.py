"""Seeded problems whose optima are known, to measure ways of choosing by."""

import numpy as np

from qml.algorithms.selection.problem import Subset, subset_problem

_SIZE, _CLUSTERS, _DIMENSIONS = 24, 6, 16


def clustered(seed: int, k: int = 5) -> Subset:
    """Return a subset problem of Lu and Sidiropoulos (arXiv:2604.02554) with lambda = 1/2.

    24 directions around 6 centres; each is worth its inner product with a query; f = sum r_i / 2 -
    sum_{i < j} S_ij / (k - 1).
    """
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(_CLUSTERS, _DIMENSIONS))
    rows = centres[rng.integers(0, _CLUSTERS, _SIZE)]
    rows = rows + 0.4 * rng.normal(size=(_SIZE, _DIMENSIONS))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    query = centres.mean(axis=0) + 0.3 * rng.normal(size=_DIMENSIONS)
    worth = rows @ (query / np.linalg.norm(query))
    similarity = rows @ rows.T
    pairs = -similarity / (k - 1)
    np.fill_diagonal(pairs, 0.0)
    return Subset(
        worth=worth / 2, pairs=pairs, k=k, quality=worth, similarity=similarity, weight=0.5
    )


def answers(seed: int, size: int = _SIZE, k: int = 6) -> Subset:
    """Return a problem like those of a language model's answers: clusters of unequal sizes."""
    rng = np.random.default_rng(seed)
    clusters = int(rng.integers(2, size))
    centres = rng.normal(size=(clusters, _DIMENSIONS))
    shares = rng.dirichlet(np.ones(clusters))
    rows = centres[rng.choice(clusters, size, p=shares)]
    rows = rows + rng.uniform(0.1, 1.0) * rng.normal(size=(size, _DIMENSIONS))
    return subset_problem(rows, rng.normal(size=size), k)
