"""Ways of pruning by their names in `[compress.prune]`."""

from qml.compression.prune.brain_surgeon import (
    brain_surgeon,
    brain_surgeon_mask,
    sparsegpt_update,
    wanda_update,
)
from qml.compression.prune.problem import Pruner
from qml.compression.prune.scores import magnitude, wanda
from qml.compression.prune.sparsegpt import sparsegpt

PRUNERS: dict[str, Pruner] = {
    "magnitude": magnitude,
    "wanda": wanda,
    "wanda_update": wanda_update,
    "sparsegpt": sparsegpt,
    "sparsegpt_update": sparsegpt_update,
    "brain_surgeon_mask": brain_surgeon_mask,
    "brain_surgeon": brain_surgeon,
}
BLIND = frozenset({"magnitude"})
"""Those that look at no inputs: no walk is needed."""
GLOBAL = "magnitude_global"
NAMES = (*PRUNERS, GLOBAL)
ABOUT = {
    "magnitude": "smallest weights of each matrix",
    GLOBAL: "smallest weights of the whole model",
    "wanda": "smallest |w| |x| of each row, no update",
    "wanda_update": "Wanda's mask, then the best values of what stays",
    "sparsegpt": "column by column with updates, masks by block",
    "sparsegpt_update": "SparseGPT's mask, then the best values of what stays",
    "brain_surgeon_mask": "exchanges by pair terms, no update",
    "brain_surgeon": "exchanges by pair terms, what stays always at its best values",
}
