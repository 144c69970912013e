"""Warm starts: the angle of each wire from an assignment, or from a relaxation."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from qml.algorithms.solvers.qaoa.options import Options
from qml.errors import PlanError
from qml.problems import Arrays


def warm_angles(
    problem: Arrays, start: NDArray[np.int8] | None, options: Options, mixer: str
) -> NDArray[np.float64] | None:
    """Return the angle of each wire, (n,), or None for |+>.

    The chance of a 1 is the relaxed value, kept off 0 and 1 by epsilon: Egger, Marecek and
    Woerner, Quantum 5, 479 (2021), arXiv:2009.10095.

    Raises:
        PlanError: A warm start was asked for, and there is none, or the mixer has none.
    """
    wanted = options.warm_start
    if wanted == "auto":
        wanted = "start" if start is not None and mixer == "x" else "none"
    if wanted == "none":
        return None
    if mixer != "x":
        raise PlanError(
            f"a warm start needs the x mixer, not {mixer}",
            hint="warm_start = 'none' or mixer = 'x'",
        )
    if wanted == "relaxation":
        values = relax(problem)
    elif start is None:
        raise PlanError("no assignment is given to start from", hint="warm_start = 'relaxation'")
    else:
        values = start.astype(np.float64)
    chances = np.clip(values, options.epsilon, 1 - options.epsilon)
    return np.asarray(2 * np.arcsin(np.sqrt(chances)))


def relax(problem: Arrays) -> NDArray[np.float64]:
    """Minimise the objective over [0, 1]^n, made convex by x^2 = x; shape (n,).

    Adding c (x^2 - x) changes no objective of bits; the least c that makes the matrix positive
    semidefinite gives one minimum, and a lower bound.
    """
    lowest = float(np.linalg.eigvalsh(problem.couplings)[0]) if problem.size else 0.0
    shift = max(0.0, -lowest)
    matrix = problem.couplings + shift * np.eye(problem.size)
    slope = problem.linear - shift / 2

    def energy(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        return float(x @ matrix @ x / 2 + slope @ x), matrix @ x + slope

    start = np.full(problem.size, 0.5)
    found = minimize(energy, start, jac=True, method="L-BFGS-B", bounds=[(0, 1)] * problem.size)
    return np.asarray(found.x)
