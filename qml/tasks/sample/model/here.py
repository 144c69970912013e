"""Rows that are drawn on this machine, without a backend."""

import numpy as np  # noqa: TID253 - this module loads once rows are really drawn
from numpy.typing import NDArray  # noqa: TID253 - likewise

from qml.algorithms.generators import Generator
from qml.algorithms.models import Params
from qml.errors import PlanError
from qml.results import mmd


def draw_here(generator: Generator, params: Params, count: int, seed: int) -> NDArray[np.int8]:
    """Draw rows as the model does, or from the exact distribution of its circuit.

    Raises:
        PlanError: It is a circuit of too many qubits.
    """
    if generator.draw is not None:
        return generator.draw(params, count, seed)
    if generator.bits > mmd.MOST_BITS:
        raise PlanError(
            f"the state of {generator.bits} qubits is too large for this machine;"
            f" {mmd.MOST_BITS} are the most",
            hint="a machine samples it: `qml sample model RUN -b ionq.forte-1 --dry-run`",
        )
    p = generator.probabilities(params)
    index = np.random.default_rng(seed).choice(len(p), count, p=p / p.sum())
    shifts = np.arange(generator.bits - 1, -1, -1)
    return ((index[:, None] >> shifts) & 1).astype(np.int8)
