"""What a cut model answers, beside the whole one."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax

from qml import engine
from qml.algorithms.models import VariationalModel
from qml.compression.circuit.damage import PRECISION
from qml.compression.circuit.result import CutModel


class Marks(NamedTuple):
    """A model on rows.

    Attributes:
        right: Whether the likeliest class is the label, shape (rows,).
        nll: Negative log-likelihood of the labels, shape (rows,) (nats).
        kl: Divergence of the whole model's class probabilities from its own, shape (rows,) (nats).
    """

    right: NDArray[np.bool_]
    nll: NDArray[np.float64]
    kl: NDArray[np.float64]


def logits_of(
    whole: VariationalModel, cut: CutModel, features: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Return exact logits of rows, shape (rows, classes)."""
    model = cut.model(whole)
    circuit = engine.expectations(model.circuit, precision=PRECISION)
    params = {k: jnp.asarray(v, dtype=PRECISION) for k, v in cut.params.items()}
    rows = jnp.asarray(features, dtype=PRECISION)

    def logits(rows: Any) -> Any:
        return model.after(params, circuit(model.before(params, rows), params["weights"]))

    return np.asarray(jax.jit(logits)(rows), dtype=np.float64)


def marks(
    logits: NDArray[np.float64], teacher: NDArray[np.float64], labels: NDArray[np.int64]
) -> Marks:
    """Hold answers against the labels and against the whole model's.

    Args:
        logits: Shape (rows, classes).
        teacher: Of the whole model, shape (rows, classes).
        labels: Shape (rows,).
    """
    mine, theirs = log_softmax(logits, axis=1), log_softmax(teacher, axis=1)
    return Marks(
        right=logits.argmax(axis=1) == labels,
        nll=-mine[np.arange(len(labels)), labels],
        kl=(np.exp(theirs) * (theirs - mine)).sum(axis=1),
    )
