"""A model that was cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import Params, VariationalModel
from qml.circuits import resources, trace
from qml.compression.circuit.dropping import without
from qml.compression.circuit.pieces import CIRCUIT, Piece


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CutModel:
    """A model without some of its pieces.

    Attributes:
        dropped: Positions of gates that are gone from the whole circuit.
        params: Arrays; weights that are gone are zero.
        masks: Of each classical matrix, whether a weight is still there.
    """

    dropped: tuple[int, ...]
    params: Params
    masks: dict[str, NDArray[np.bool_]]

    def model(self, whole: VariationalModel) -> VariationalModel:
        """Return the model with the gates gone."""
        return without(whole, self.dropped)


def cut_model(params: Params, pieces: Sequence[Piece], cut: NDArray[np.int8]) -> CutModel:
    """Take pieces out.

    Args:
        params: Arrays of the whole model.
        pieces: All that may go.
        cut: 1 for those that do, shape (pieces,).
    """
    gone = [piece for piece, out in zip(pieces, cut, strict=True) if out]
    masks = {p.array: np.ones(np.shape(params[p.array]), dtype=bool) for p in pieces if p.array}
    for piece in gone:
        if piece.array:
            masks[piece.array].reshape(-1)[piece.place] = False
    arrays = {k: np.array(v) for k, v in params.items()}
    for name, mask in masks.items():
        arrays[name] = arrays[name] * mask
    dropped = tuple(sorted(p.place for p in gone if not p.array))
    return CutModel(dropped=dropped, params=arrays, masks=masks)


def sizes(whole: VariationalModel, cut: CutModel) -> dict[str, int]:
    """Count gates, depth, and the parameters that still do something."""
    model = cut.model(whole)
    template = trace(model.circuit)
    found = resources(template.bind(np.zeros(template.slots)))
    classical = sum(int(np.count_nonzero(v)) for k, v in _classical(cut))
    return {
        "two_qubit": found.two_qubit + found.wider,
        "one_qubit": found.one_qubit,
        "depth": found.depth,
        "parameters": classical + _reached(template, model),
    }


def _classical(cut: CutModel) -> list[tuple[str, Any]]:
    """Return what is counted of each classical array: where a weight may be other than 0."""
    return [
        (k, cut.masks.get(k, np.ones(np.shape(v)))) for k, v in cut.params.items() if k != CIRCUIT
    ]


def _reached(template: Any, model: VariationalModel) -> int:
    """Count the trained angles that a gate of the circuit still takes."""
    import jax

    if not template.slots or not model.circuit.parameters:
        return 0
    rng = np.random.default_rng(0)
    inputs = rng.uniform(0.1, 1, model.circuit.features)
    weights = rng.uniform(0.1, 1, model.circuit.weights_shape)
    slopes = np.asarray(jax.jacobian(template.angles, argnums=1)(inputs, weights))
    return int(np.count_nonzero(np.abs(slopes).reshape(template.slots, -1).max(axis=0)))
