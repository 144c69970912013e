"""Training of kernel machines: a Gram matrix and a support vector machine."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import KernelModel, Params
from qml.algorithms.training.choice import BANDWIDTHS, choose
from qml.circuits import Circuit, Evaluator, ZeroProjector

Matrix = NDArray[np.float64]

CHUNK = 10_000
"""Measured overlaps that go out together; bounds the memory of a large Gram matrix."""


@dataclass(frozen=True, slots=True)
class KernelMachine:
    """A fitted SVC as plain arrays, so that it is stored without pickle.

    One-versus-one decisions: f_ij = sum_k a_k K(s_k, x) + b, as libsvm lays them out.

    Attributes:
        model: The kernel.
        params: `support` (S, d), `dual` (classes - 1, S), `intercept` (pairs,), `sizes` (classes,);
            `bandwidth` (), a factor on features that the support vectors have already, 1 where
            there is none.
    """

    model: KernelModel
    params: Params

    def predict(self, features: Matrix, evaluator: Evaluator) -> NDArray[np.int64]:
        """Return labels, shape (N,)."""
        scaled = features * float(self.params.get("bandwidth", 1.0))
        return self.vote(gram(self.model, scaled, self.params["support"], evaluator))

    def vote(self, overlaps: Matrix) -> NDArray[np.int64]:
        """Return labels from overlaps with the support vectors, shape (N, S)."""
        sizes = self.params["sizes"]
        classes = len(sizes)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        votes = np.zeros((len(overlaps), classes))
        pair = 0
        for i in range(classes):
            for j in range(i + 1, classes):
                a, b = slice(starts[i], starts[i + 1]), slice(starts[j], starts[j + 1])
                decision = (
                    overlaps[:, a] @ self.params["dual"][j - 1, a]
                    + overlaps[:, b] @ self.params["dual"][i, b]
                    + self.params["intercept"][pair]
                )
                # libsvm's signs: with two classes scikit-learn turns coefficients and intercept
                first = decision > 0 if classes > 2 else decision <= 0  # noqa: PLR2004
                votes[:, i] += first
                votes[:, j] += ~first
                pair += 1
        return np.asarray(np.argmax(votes, axis=1), dtype=np.int64)


class Fitted(NamedTuple):
    """What came of a training.

    Attributes:
        machine: The machine.
        on_train: Its labels of the training rows.
        chosen: What cross-validation chose: `C`, `bandwidth`.
    """

    machine: KernelMachine
    on_train: NDArray[np.int64]
    chosen: dict[str, float]


def fit(
    model: KernelModel,
    features: Matrix,
    labels: NDArray[np.int64],
    evaluator: Evaluator,
    *,
    seed: int = 0,
) -> Fitted:
    """Fit the machine.

    Args:
        model: The kernel, with the choices that are left to cross-validation.
        features: Training rows, shape (N, d).
        labels: Shape (N,).
        evaluator: Finds the overlaps.
        seed: Seed of the folds.
    """
    from sklearn.svm import SVC  # over a second to import, and only kernels need it

    widths = BANDWIDTHS if model.bandwidth is None else (model.bandwidth,)
    kernels = {w: gram(model, rows, rows, evaluator) for w in widths for rows in [features * w]}
    choice = choose(kernels, labels, strength=model.C, seed=seed)
    kernel = kernels[choice.bandwidth]
    machine = SVC(kernel="precomputed", C=choice.C).fit(kernel, labels)
    fitted = KernelMachine(
        model,
        {
            "support": features[machine.support_] * choice.bandwidth,
            "dual": machine.dual_coef_,
            "intercept": machine.intercept_,
            "sizes": machine.n_support_.astype(np.int64),
            "bandwidth": np.array(choice.bandwidth),
        },
    )
    chosen = {"C": choice.C} if model.C is None else {}
    chosen |= {"bandwidth": choice.bandwidth} if model.bandwidth is None else {}
    return Fitted(fitted, fitted.vote(kernel[:, machine.support_]), chosen)


def gram(model: KernelModel, left: Matrix, right: Matrix, evaluator: Evaluator) -> Matrix:
    """Return overlaps |<phi(left)|phi(right)>|^2, shape (M, N).

    Where the backend has no states, each overlap is the probability of |0...0> after preparing one
    state and undoing
    the other; a symmetric matrix is measured once above its diagonal.
    """
    overlaps = evaluator.overlaps(model.circuit)
    if overlaps is not None:
        return overlaps(left, right, np.zeros(0))
    pairs = _pairs(len(left), len(right), symmetric=left is right)
    build = model.circuit.build
    nothing = np.zeros(0)
    prepared = [build(x, nothing) for x in left]
    undone = [build(x, nothing).inverse() for x in right]
    measured = np.concatenate(
        [_measure(prepared, undone, pairs[at : at + CHUNK], evaluator) for at in _starts(pairs)]
    )
    return _matrix(pairs, measured, (len(left), len(right)), symmetric=left is right)


def circuits(train: int, test: int) -> int:
    """Return how many circuits measured overlaps take, where a backend has no states."""
    return train * (train - 1) // 2 + test * train


def _measure(
    prepared: list[Circuit],
    undone: list[Circuit],
    pairs: list[tuple[int, int]],
    evaluator: Evaluator,
) -> Matrix:
    circuits = [prepared[i] + undone[j] for i, j in pairs]
    return evaluator.expectations(circuits, (ZeroProjector(),))[:, 0]


def _starts(pairs: list[tuple[int, int]]) -> range:
    return range(0, max(len(pairs), 1), CHUNK)


def _pairs(rows: int, columns: int, *, symmetric: bool) -> list[tuple[int, int]]:
    return [(i, j) for i in range(rows) for j in range(i + 1 if symmetric else 0, columns)]


def _matrix(
    pairs: list[tuple[int, int]],
    measured: Matrix,
    shape: tuple[int, int],
    *,
    symmetric: bool,
) -> Matrix:
    matrix = np.eye(*shape) if symmetric else np.zeros(shape)
    for (i, j), value in zip(pairs, measured, strict=True):
        matrix[i, j] = value
        if symmetric:
            matrix[j, i] = value
    return matrix
