"""What taking pieces out does to the loss: exactly, and its slopes and curvatures.

A cut x has one number per piece: 0 leaves it, 1 takes it out. The loss is the mean cross-entropy on
training rows (nats).
"""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml import engine
from qml.algorithms.models import Params, VariationalModel
from qml.compression.circuit.fading import faded
from qml.compression.circuit.pieces import CIRCUIT, Piece, gates_of, matrices

BATCH = 64
"""Cuts that are measured in one call."""
PRECISION = "float64"
"""Pair terms are differences of differences of losses."""
STEP = 1e-4
"""Of the differences that the Hessian is made of."""


class Damage:
    """Measures cuts of one trained model.

    Args:
        model: The model.
        params: Its trained arrays.
        pieces: What may be taken out.
        features: Prepared training rows, shape (N, d).
        labels: Their classes, shape (N,), int64.
    """

    def __init__(
        self,
        model: VariationalModel,
        params: Params,
        pieces: Sequence[Piece],
        features: NDArray[np.floating],
        labels: NDArray[np.int64],
    ) -> None:
        self.pieces = tuple(pieces)
        self.evaluations = 0
        self._model = model
        self._params = {k: jnp.asarray(v, dtype=PRECISION) for k, v in params.items()}
        self._gates = len(gates_of(pieces))
        self._circuit = engine.expectations(
            faded(model.circuit, gates_of(pieces)), precision=PRECISION
        )
        rows = jnp.asarray(features, dtype=PRECISION)

        def loss(cut: Any) -> Any:
            return _cross_entropy(self._logits(cut, rows), labels)

        self._losses = jax.jit(lambda cuts: jax.lax.map(loss, cuts))
        self._slopes = jax.jit(lambda cuts: jax.lax.map(jax.grad(loss), cuts))

    @property
    def size(self) -> int:
        """Number of pieces."""
        return len(self.pieces)

    def losses(self, cuts: NDArray[Any]) -> NDArray[np.float64]:
        """Return the loss of each cut, shape (m, pieces); shape (m,)."""
        self.evaluations += len(cuts)
        return self._in_batches(self._losses, cuts)

    def expansion(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return gradient and Hessian of the loss by the cut, where nothing is cut.

        The Hessian is made of central differences of exact gradients, with an error of the order of
        STEP^2: the engine's own derivatives cannot be derived a second time in reasonable time.

        Returns:
            Shapes (pieces,) and (pieces, pieces), the latter symmetric.
        """
        steps = STEP * np.eye(self.size)
        found = self._in_batches(
            self._slopes, np.concatenate([np.zeros((1, self.size)), steps, -steps])
        )
        self.evaluations += len(found)
        above, below = found[1 : self.size + 1], found[self.size + 1 :]
        second = (above - below) / (2 * STEP)
        return found[0], (second + second.T) / 2

    def _in_batches(self, measure: Any, cuts: NDArray[Any]) -> NDArray[np.float64]:
        """Measure cuts in batches of one size, so that one program is compiled."""
        found = []
        for at in range(0, len(cuts), BATCH):
            part = np.asarray(cuts[at : at + BATCH], dtype=float)
            padded = np.concatenate([part, np.zeros((BATCH - len(part), self.size))])
            found.append(np.asarray(measure(padded))[: len(part)])
        return np.concatenate(found)

    def _logits(self, cut: Any, rows: Any) -> Any:
        params = dict(self._params)
        at = self._gates
        for name in matrices(params):
            if any(piece.array == name for piece in self.pieces):
                size = params[name].size
                params[name] = params[name] * (1 - cut[at : at + size].reshape(params[name].shape))
                at += size
        weights = jnp.concatenate([params[CIRCUIT].ravel(), cut[: self._gates]])
        return self._model.after(params, self._circuit(self._model.before(params, rows), weights))


def _cross_entropy(logits: Any, labels: Any) -> Any:
    logs = jax.nn.log_softmax(logits)
    return -jnp.take_along_axis(logs, labels[:, None], axis=1).mean()
