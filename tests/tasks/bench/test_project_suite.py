"""The suite `project`: a quantum column never stands without its twin and classical rivals."""

import pytest

from qml.config import Config, validate
from qml.config.tuned import with_values
from qml.errors import QmlError, UsageError
from qml.tasks.bench.matrix import cell_config, suite_of

RIVALS = ["logistic_regression", "mlp", "rbf_svc"]


def suite(models=(), data=(), seeds=1, backends=(), **values):
    facts = {"data.name": "digits", **values}
    bench = {"models": models, "data": data, "seeds": seeds, "backends": backends}
    facts |= {f"bench.{key}": v if key == "seeds" else list(v) for key, v in bench.items()}
    config = validate(with_values(Config().document(), facts))
    return suite_of(config), config


def columns(found):
    return list(dict.fromkeys(cell.place.model for cell in found.cells))


def test_the_projects_model_its_twin_and_its_rivals():
    found, config = suite(seeds=5)
    assert columns(found) == ["variational", "variational:separable", *RIVALS]
    assert len(found.cells) == 25
    assert [c.role for c in found.cells[::5]] == ["quantum", "twin", *["classical"] * 3]
    assert {c.place.seed for c in found.cells} == set(range(5))
    for cell in found.cells:
        own = cell_config(cell, found, config)
        assert own.train.seed == cell.place.seed
        assert own.tracking.name == "none"
        assert own.data.name == "digits"
        assert not (cell.verb == "train" and own.baselines.enabled)


@pytest.mark.parametrize(
    ("models", "wanted"),
    [
        (["kernel:zz"], ["kernel:zz", "kernel:separable", *RIVALS]),
        (["kernel:zz", "svc"], ["kernel:zz", "kernel:separable", "svc"]),
        (["rbf_svc"], ["rbf_svc"]),
        (["variational:separable"], ["variational:separable", *RIVALS]),
        (
            ["variational", "kernel"],
            ["variational", "variational:separable", "kernel", "kernel:separable", *RIVALS],
        ),
    ],
)
def test_a_quantum_column_brings_its_twin_and_rivals(models, wanted):
    assert columns(suite(models)[0]) == wanted


def test_a_model_that_can_have_no_twin_is_named():
    found, _ = suite(**{"model.kind": "custom", "model.entry": "model:circuit"})
    assert columns(found) == ["custom", *RIVALS]
    assert [note.split(",")[0] for note in found.notes] == [
        "no twin without entanglement: qml cannot make one of `custom`"
    ]
    assert suite()[0].notes == ()


def test_parts_are_settings():
    found, config = suite(["kernel:zz", "variational:brickwork"])
    settings = {c.place.model: cell_config(c, found, config).model for c in found.cells}
    assert (settings["kernel:zz"].kind, settings["kernel:zz"].feature_map) == ("kernel", "zz")
    assert settings["kernel:separable"].feature_map == "separable"
    assert settings["variational:brickwork"].ansatz == "brickwork"


def test_other_data_is_prepared_as_the_projects_is_and_forgets_its_columns():
    found, config = suite(
        ["svc"], ["digits", "two_curves", "my.csv"], **{"data.classes": [3, 8], "data.rows": 50}
    )
    own, named, file = (cell_config(c, found, config).data for c in found.cells)
    assert (own.name, own.classes, own.rows) == ("digits", [3, 8], 50)
    assert (named.name, named.classes, named.rows) == ("two_curves", None, 50)
    assert (file.name, file.path) == (None, "my.csv")


def test_classical_columns_run_once_and_not_on_each_backend():
    found, config = suite(backends=["jax", "lightning"])
    assert [c.place.backend for c in found.cells] == ["jax", "lightning"] * 2 + ["-"] * 3
    assert cell_config(found.cells[1], found, config).backend.name == "lightning"
    assert cell_config(found.cells[-1], found, config).backend.name == "jax"


def test_backends_of_a_route_are_held_against_each_other():
    found, _ = suite(**{"backend.route": ["ionq", "aer"]})
    assert [c.place.backend for c in found.cells[:2]] == ["ionq", "aer"]


@pytest.mark.parametrize(
    ("models", "data", "message"),
    [
        (["foo"], [], "has no model `foo`"),
        (["iqp"], [], "generates samples"),
        (["custom"], [], "has no model `custom`"),
        (["kernel:foo"], [], "unknown feature_map `foo`"),
        ([], ["foo"], "knows no data `foo`"),
    ],
)
def test_what_is_unknown_is_refused(models, data, message):
    with pytest.raises(QmlError, match=message) as found:
        suite(models, data)
    assert isinstance(found.value, UsageError)
