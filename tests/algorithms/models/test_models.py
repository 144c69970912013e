from pathlib import Path

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.algorithms.models.readout import class_observables
from qml.circuits import resources
from qml.config.sections import ModelSection
from qml.errors import ConfigError, PlanError
from qml.plugins import load


def build(kind: str, shape: Shape, root: Path = Path(), **settings):
    return load("models", kind)(ModelSection(kind=kind, **settings), shape, root)


def test_observables_tell_the_classes_apart():
    assert [str(o) for o in class_observables(2, 2)] == ["Z0"]
    assert [str(o) for o in class_observables(2, 3)] == ["Z0", "Z1", "Z0Z1"]
    with pytest.raises(PlanError, match="4 classes need 4 observables; 2 qubits have 3"):
        class_observables(2, 4)


def test_a_variational_model_has_the_size_it_says():
    model = build("variational", Shape(features=4, classes=3), layers=2)
    assert (model.circuit.wires, model.circuit.weights_shape) == (4, (2, 4, 3))
    params = model.init(0)
    assert {k: np.shape(v) for k, v in params.items()} == {
        "weights": (2, 4, 3),
        "scale": (),
        "bias": (3,),
    }
    logits = model.after(params, np.zeros((5, 3)))
    assert logits.shape == (5, 3)


def test_two_classes_are_told_by_one_sign():
    model = build("variational", Shape(features=2, classes=2))
    logits = np.asarray(model.after(model.init(0), np.array([[0.5], [-0.5]])))
    assert np.argmax(logits, axis=1).tolist() == [0, 1]


def test_features_that_do_not_fit_are_refused_with_a_way_out():
    with pytest.raises(PlanError, match="64 features do not fit") as caught:
        build("variational", Shape(features=64, classes=2))
    assert "data.features = 8" in str(caught.value.hint)
    assert (
        build("variational", Shape(features=16, classes=2), encoding="dense_angle").circuit.wires
        == 8
    )


def test_re_uploading_encodes_before_every_layer():
    shape = Shape(features=3, classes=2)
    once, again = (
        build("variational", shape, layers=3, reuploading=flag).circuit for flag in (False, True)
    )
    counts = [
        resources(c.build(np.zeros(3), np.zeros(c.weights_shape))).by_name["ry"]
        for c in (once, again)
    ]
    assert counts == [3 + 9, 9 + 9]


def test_a_hybrid_takes_any_number_of_features():
    model = build("hybrid", Shape(features=50, classes=10), qubits=4)
    params = model.init(0)
    inputs = np.asarray(model.before(params, np.random.default_rng(0).normal(size=(7, 50))))
    assert inputs.shape == (7, 4)
    assert np.abs(inputs).max() <= np.pi / 2
    assert model.after(params, np.zeros((7, 4))).shape == (7, 10)


def test_a_kernel_has_one_qubit_per_feature():
    assert build("kernel", Shape(features=5, classes=2)).circuit.wires == 5
    with pytest.raises(PlanError, match="one qubit per feature"):
        build("kernel", Shape(features=5, classes=2), qubits=4)


CUSTOM = """
import pennylane as qp

def circuit(inputs, weights):
    qp.RY(inputs[0], wires=0)
    qp.RX(weights[0] * inputs[1], wires=1)
    qp.CNOT(wires=[0, 1])
    {returned}
"""


@pytest.mark.parametrize(
    ("returned", "classes", "observables"),
    [
        ("return qp.expval(qp.Z(0))", 2, ["Z0"]),
        ("return qp.expval(qp.X(0)), qp.expval(qp.Y(1))", 2, ["X0", "Y1"]),
        ("return None", 3, ["Z0", "Z1", "Z0Z1"]),
    ],
)
def test_a_users_circuit_keeps_its_observables_where_they_fit(
    tmp_path, returned, classes, observables
):
    name = f"custom_{abs(hash(returned))}"
    (tmp_path / f"{name}.py").write_text(CUSTOM.format(returned=returned))
    model = build(
        "custom", Shape(features=2, classes=classes), tmp_path, entry=f"{name}:circuit", weights=[1]
    )
    assert [str(o) for o in model.circuit.observables] == observables


def test_a_custom_model_needs_an_entry():
    with pytest.raises(ConfigError, match=r"needs model\.entry"):
        build("custom", Shape(features=2, classes=2))
