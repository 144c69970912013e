"""How much a quantum kernel sees that a classical one does not, whatever the labels are.

H.-Y. Huang et al., Nature Communications 12, 2631 (2021), arXiv:2011.01938:

    g(K_C || K_Q) = sqrt || sqrt(K_Q) (K_C + lambda I)^-1 sqrt(K_Q) ||
    s_K = y^T (K + lambda I)^-1 y

with traces scaled to the number of rows N. As lambda goes to 0, s_C <= g^2 s_Q whatever the labels:
where g is far below sqrt(N), the classical machine needs no more than g^2 times as many rows. A
large g proves nothing: labels exist on which the machines differ, but these may be none of them.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, cholesky, eigh, solve_triangular

Matrix = NDArray[np.float64]


def normalised(kernel: Matrix) -> Matrix:
    """Scale a kernel so that its trace is the number of rows.

    Args:
        kernel: Shape (N, N), positive semi-definite.
    """
    scaled: Matrix = kernel * (len(kernel) / np.trace(kernel))
    return scaled


def geometric_difference(classical: Matrix, quantum: Matrix, ridge: float) -> float:
    """Return g(K_C || K_Q): 1 where the kernels are the same and lambda is small.

    With K_C + lambda I = L L^T the norm is the largest eigenvalue of L^-1 K_Q L^-T.

    Args:
        classical: K_C, shape (N, N).
        quantum: K_Q, shape (N, N).
        ridge: lambda > 0, for traces of N.
    """
    lower = cholesky(normalised(classical) + ridge * np.eye(len(classical)), lower=True)
    half = solve_triangular(lower, normalised(quantum), lower=True)
    whole = solve_triangular(lower, half.T, lower=True)
    last = len(whole) - 1
    top = eigh((whole + whole.T) / 2, eigvals_only=True, subset_by_index=(last, last))
    return float(np.sqrt(max(0.0, top[0])))


def model_complexity(kernel: Matrix, targets: Matrix, ridge: float) -> float:
    """Return s_K, the mean over the columns of the targets.

    Args:
        kernel: Shape (N, N).
        targets: +1 and -1, shape (N, columns): one column for two classes, else one per class.
        ridge: lambda > 0, for a trace of N.
    """
    factor = cho_factor(normalised(kernel) + ridge * np.eye(len(kernel)))
    return float(np.mean(np.sum(targets * cho_solve(factor, targets), axis=0)))


def signed(labels: NDArray[np.int64], classes: int) -> Matrix:
    """Return labels as +1 and -1: one column for two classes, else one against the rest for each.

    Args:
        labels: 0 to classes - 1, shape (N,).
        classes: Number of classes, 2 or more.
    """
    columns = range(1, 2) if classes == 2 else range(classes)  # noqa: PLR2004 - two classes
    return np.stack([np.where(labels == c, 1.0, -1.0) for c in columns], axis=1)
