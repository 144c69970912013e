"""Well-known instances, as dimod models."""

from collections.abc import Hashable, Iterable
from itertools import combinations

import dimod
import numpy as np


def max_cut(edges: Iterable[tuple[Hashable, Hashable]]) -> dimod.BinaryQuadraticModel:
    """Return the problem whose optimum is minus the largest cut of a graph.

    Args:
        edges: Pairs of nodes, each of weight 1.
    """
    model = dimod.BinaryQuadraticModel("BINARY")
    for u, v in edges:
        model.add_linear(u, -1.0)
        model.add_linear(v, -1.0)
        model.add_quadratic(u, v, 2.0)
    return model


def boolean_quadratic(n: int, seed: int, alpha: float = 10.0) -> dimod.BinaryQuadraticModel:
    """Return BQP-n: minimise x^T Q x, Q = N(0, 1) e^(-(i - j)^2 / alpha).

    Baptista and Poloczek, ICML 2018, arXiv:1806.08838, section 4.

    Args:
        n: Variables.
        seed: Of numpy's generator.
        alpha: Length of the correlations, squared.
    """
    places = np.arange(n)
    matrix = np.random.default_rng(seed).normal(size=(n, n))
    return quadratic_form(matrix * np.exp(-((places[:, None] - places) ** 2) / alpha))


def quadratic_form(matrix: np.ndarray) -> dimod.BinaryQuadraticModel:
    """Return the problem to minimise x^T Q x over bits.

    Args:
        matrix: Q, shape (n, n), symmetric or not.
    """
    model = dimod.BinaryQuadraticModel("BINARY")
    for i, j in combinations(range(len(matrix)), 2):
        model.add_quadratic(i, j, float(matrix[i, j] + matrix[j, i]))
    for i, value in enumerate(np.diag(matrix)):
        model.add_linear(i, float(value))
    return model


def diverse_subset(seed: int) -> dimod.ConstrainedQuadraticModel:
    """Return CCBQP: 5 of 24 directions, each worth r_i, unlike one another.

    Minimise sum_(i<j) S_ij x_i x_j / (k - 1) - sum_i r_i x_i / 2 with sum_i x_i = k = 5; Lu and
    Sidiropoulos, arXiv:2604.02554, lambda = 1/2. Directions lie around six centres.

    Args:
        seed: Of numpy's generator.
    """
    size, chosen, dimensions = 24, 5, 16
    random = np.random.default_rng(seed)
    centres = random.normal(size=(6, dimensions))
    rows = centres[random.integers(0, 6, size)] + 0.4 * random.normal(size=(size, dimensions))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    query = centres.mean(axis=0) + 0.3 * random.normal(size=dimensions)
    matrix = np.triu(rows @ rows.T, 1) / (chosen - 1)
    np.fill_diagonal(matrix, -(rows @ (query / np.linalg.norm(query))) / 2)
    model = dimod.ConstrainedQuadraticModel()
    model.set_objective(quadratic_form(matrix))
    ones = [(i, 1.0) for i in range(size)]
    model.add_constraint(ones, "==", chosen, label="five of them")
    return model


def labs(n: int) -> dimod.BinaryQuadraticModel:
    """Return low autocorrelation binary sequences of length n, as a quadratic model.

    E(s) = sum_k (sum_i s_i s_(i+k))^2 has products of four spins; each product of two gets a spin
    of its own, and a penalty that makes it one. At the optimum the energy is E.

    Args:
        n: Length, 3 or more.
    """
    terms: dict[tuple[int, ...], float] = {}
    for k in range(1, n):
        for i, j in ((i, j) for i in range(n - k) for j in range(n - k)):
            odd = tuple(sorted({i, i + k} ^ {j, j + k}))
            terms[odd] = terms.get(odd, 0.0) + 1.0
    strength = 2.0 * sum(abs(v) for key, v in terms.items() if key) + 1.0
    return dimod.make_quadratic(dimod.BinaryPolynomial(terms, "SPIN"), strength, "SPIN")
