"""A pruned model is stored as any other, and older versions refuse it."""

import json
from pathlib import Path

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.config.sections import BackendSection, ModelSection
from qml.data import Preprocessor
from qml.execution.stored_model import StoredModel, load


@pytest.fixture
def stored():
    section = ModelSection(kind="variational", qubits=2, layers=1)
    return StoredModel(
        section=section,
        backend=BackendSection(name="jax"),
        shape=Shape(features=2, classes=2),
        params={"weights": np.ones((1, 2, 3)), "scale": np.array(4.0), "bias": np.zeros(2)},
        preprocessor=Preprocessor(
            feature_names=("a", "b"),
            classes=("x", "y"),
            shift=np.zeros(2),
            factor=np.ones(2),
            mean=None,
            axes=None,
        ),
        dropped=(2, 8),
    )


def test_gates_that_are_gone_stay_gone(stored, tmp_path):
    stored.save(tmp_path)
    found = load(tmp_path)
    assert found.dropped == (2, 8)
    whole = found.__class__(
        **{k: getattr(found, k) for k in found.__slots__ if k != "dropped"}
    ).build(Path())
    args = np.zeros(2), found.params["weights"]
    assert len(found.build(Path()).circuit.build(*args).gates) == (
        len(whole.circuit.build(*args).gates) - 2
    )


def test_only_pruned_models_have_the_new_schema(stored, tmp_path):
    from dataclasses import replace

    for dropped, schema in (((2, 8), "qml.model/2"), ((), "qml.model/1")):
        replace(stored, dropped=dropped).save(tmp_path)
        assert json.loads((tmp_path / "model.json").read_text())["schema"] == schema
