"""Small models with weights as if trained, and rows that they are right about."""

from pathlib import Path

import numpy as np

from qml.algorithms.models import Shape, hybrid, variational
from qml.config.sections import ModelSection
from qml.data import Rows

KINDS = {"variational": variational.build, "hybrid": hybrid.build}


def small(kind: str = "variational", *, qubits: int = 3, layers: int = 1, ansatz: str = "ising"):
    """Return a model, arrays and 24 rows of 3 features with labels that it mostly gives itself."""
    section = ModelSection(kind=kind, qubits=qubits, layers=layers, ansatz=ansatz)
    model = KINDS[kind](section, Shape(features=3, classes=2), Path())
    rng = np.random.default_rng(1)
    params = {k: np.asarray(v, dtype=float) for k, v in model.init(3).items()}
    params["weights"] = rng.normal(0, 0.9, params["weights"].shape)
    features = rng.uniform(-1.5, 1.5, (24, 3))
    labels = (features[:, 0] + 0.3 * rng.normal(size=24) > 0).astype(np.int64)
    return model, params, Rows(features=features, labels=labels, index=np.arange(24))
