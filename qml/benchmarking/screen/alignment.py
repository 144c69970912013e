"""How well a kernel agrees with the labels, before any machine is fitted.

C. Cortes, M. Mohri, A. Rostamizadeh, JMLR 13, 795 (2012): the cosine of the centred kernel and the
centred kernel of the labels. 1 is a kernel that knows the classes, 0 one that knows nothing.
"""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def centred(kernel: Matrix) -> Matrix:
    """Return the kernel of the same features less their mean over the rows, shape (N, N)."""
    rows = kernel.mean(axis=0)
    moved: Matrix = kernel - rows[None, :] - rows[:, None] + rows.mean()
    return moved


def alignment(kernel: Matrix, labels: NDArray[np.int64], classes: int) -> float:
    """Return the centred kernel-target alignment, in [-1, 1].

    Args:
        kernel: Shape (N, N).
        labels: 0 to classes - 1, shape (N,).
        classes: Number of classes.
    """
    one_hot = np.eye(classes)[labels]
    ours, theirs = centred(kernel), centred(one_hot @ one_hot.T)
    size = float(np.linalg.norm(ours) * np.linalg.norm(theirs))
    return float(np.sum(ours * theirs)) / size if size > 0 else 0.0
