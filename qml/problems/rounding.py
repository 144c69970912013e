"""Rounding up or down as a binary quadratic problem (AdaRound, Nagel et al., arXiv:2004.10568).

A row of weights w is rounded to w' = low + step x with x in {0, 1}^n. The mean square that its
output changes by is (w' - w)^T H (w' - w), with H the second moments of its inputs. With
e = low - w:

    linear_i = step_i^2 H_ii + 2 step_i (H e)_i,  couplings_ij = 2 step_i step_j H_ij,
    offset = e^T H e.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.problems.arrays import Arrays


def rounding(errors: NDArray[Any], steps: NDArray[Any] | float, hessian: NDArray[Any]) -> Arrays:
    """Return the problem of one row, or of some weights of it.

    Args:
        errors: What each weight is off by when it is rounded down, shape (n,).
        steps: What rounding up adds, shape (n,) or one for all.
        hessian: Second moments of the inputs, shape (n, n), symmetric.
    """
    errors = np.asarray(errors, dtype=np.float64)
    hessian = np.asarray(hessian, dtype=np.float64)
    step = np.broadcast_to(np.asarray(steps, dtype=np.float64), errors.shape)
    push = hessian @ errors
    couplings = 2 * step[:, None] * step * hessian
    linear = np.diag(couplings) / 2 + 2 * step * push
    np.fill_diagonal(couplings, 0)
    return Arrays(
        names=tuple(range(len(errors))),
        linear=linear,
        couplings=couplings,
        offset=float(errors @ push),
    )
