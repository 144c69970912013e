"""Choice of a kernel machine's settings, with the budget that its strongest rival has.

The tuned Gaussian kernel tries four strengths with each of five widths (`rbf_svc`); a quantum
kernel tries the same strengths with each of five bandwidths, on folds of the same kind. Bandwidth
is a factor on the inputs: Shaydulin and Wild, Phys. Rev. A 106, 042407 (2022), arXiv:2111.05451.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STRENGTHS = (0.1, 1.0, 10.0, 100.0)
BANDWIDTHS = (0.125, 0.25, 0.5, 1.0, 2.0)
FEW_ROWS = 600
"""Up to here folds are five, then three, as the rival has them."""


class Choice(NamedTuple):
    """What was chosen.

    Attributes:
        C: Inverse regularisation.
        bandwidth: Factor on the inputs.
    """

    C: float
    bandwidth: float


def choose(
    kernels: Mapping[float, NDArray[np.float64]],
    labels: NDArray[np.int64],
    *,
    strength: float | None,
    seed: int,
) -> Choice:
    """Choose by stratified cross-validation; of equally good settings the first wins.

    Args:
        kernels: Gram matrix of the training rows for each bandwidth, shape (N, N).
        labels: Shape (N,).
        strength: C, or None to choose it.
        seed: Seed of the folds.

    Returns:
        The choice; 1 for both where a class has a single row.
    """
    strengths = STRENGTHS if strength is None else (strength,)
    grid = [Choice(c, bandwidth) for c in strengths for bandwidth in kernels]
    if np.unique(labels, return_counts=True)[1].min() < 2:  # noqa: PLR2004 - one for each side
        grid = [c for c in grid if c == Choice(strength or 1.0, c.bandwidth)]
        return next((c for c in grid if c.bandwidth == 1), grid[0])
    if len(grid) == 1:
        return grid[0]
    scores: dict[Choice, float] = {}
    for bandwidth, kernel in kernels.items():
        found = _scores(kernel, labels, strengths, seed)
        scores |= {Choice(c, bandwidth): score for c, score in zip(strengths, found, strict=True)}
    return max(grid, key=lambda choice: scores[choice])


def _scores(
    kernel: NDArray[np.float64], labels: NDArray[np.int64], strengths: tuple[float, ...], seed: int
) -> list[float]:
    """Return the mean accuracy of each strength."""
    from sklearn.svm import SVC

    from qml.algorithms.baselines.tuning import search

    folds = 5 if len(labels) <= FEW_ROWS else 3
    machine = SVC(kernel="precomputed")
    found = search(machine, {"C": strengths}, kernel, labels, seed=seed, folds=folds)
    return [float(score) for score in found.cv_results_["mean_test_score"]]
