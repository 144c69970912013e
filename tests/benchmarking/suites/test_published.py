"""The suite `published`: its cells are valid, and their numbers are the authors'."""

import csv
import json
from collections import Counter

import pytest
from sklearn.svm import SVC

from qml.algorithms.feature_maps import iqp
from qml.benchmarking.base import Wanted
from qml.benchmarking.suites import published as suite
from qml.benchmarking.suites.published.accuracies import OLD_ENTANGLEMENT, TRAINING_SCORE, published
from qml.benchmarking.suites.published.rows import rows
from qml.circuits import Circuit, CircuitModel
from qml.config import Config
from qml.config.sections import DataSection
from qml.data import load, prepare
from qml.engine.layered import layered
from qml.errors import UsageError
from qml.ports import Silence
from qml.seeds import Seeds
from qml.tasks.bench.matrix import cell_config

MODELS = {"SVC": "svc", "SeparableKernelClassifier": "separable", "IQPKernelClassifier": "iqp"}
AS_PUBLISHED = ("iqp", "separable", "svc")


def cells(models=AS_PUBLISHED, data=(), seeds=(0,)):
    wanted = Wanted(models=tuple(models), data=tuple(data), backends=("jax",), seeds=seeds)
    return list(suite.build(wanted).cells)


def test_every_stored_result_is_a_cell():
    found = Counter(cell.place.model for cell in cells())
    assert found == {"svc": 114, "separable": 113, "iqp": 90}
    assert len(published()) == 317
    assert set(rows()) == {data for data, _ in published()}


def test_only_results_that_cannot_come_out_are_not_expected():
    doubts = Counter(result.doubt for result in published().values())
    assert doubts == {"": 297, OLD_ENTANGLEMENT: 15, TRAINING_SCORE: 5}
    expected = Counter(len(cell.expected) for cell in cells())
    assert expected == {2: 297, 1: 5, 0: 15}
    for result in published().values():
        if result.doubt == TRAINING_SCORE:
            assert result.test_accuracy == result.train_accuracy


def test_the_table_has_what_is_stored_beside_the_shared_data(shared):
    with (shared / "published" / "expected.csv").open() as stream:
        for row in csv.DictReader(stream):
            name = row["file"].removesuffix(".csv").replace("0p1", "0.1")
            ours = published()[name, MODELS[row["model"]]]
            chosen = {k: float(v) for k, v in json.loads(row["hyperparameters"]).items()}
            assert chosen["C"] == ours.C
            assert ours.gamma == chosen.get("gamma")
            assert ours.repeats == (chosen.get("repeats") or chosen.get("encoding_layers"))
            assert ours.train_accuracy == float(row["train_accuracy"])
            assert ours.test_accuracy == float(row["test_accuracy"])


def test_every_cell_is_a_valid_configuration():
    wanted = Wanted(backends=("jax",), seeds=(0,), data=("two_curves_diff",))
    found = suite.build(wanted)
    for cell in found.cells:
        config = cell_config(cell, found, Config())
        assert config.model.kind == "kernel"
        assert config.data.options["seed"] == 3
        assert (cell.verb == "rival") == (cell.role == "classical")
        assert config.data.scale == ("none" if cell.place.model == "svc" else "auto")


def test_other_seeds_are_other_draws_with_nothing_published():
    first, second = cells(["iqp"], ["hyperplanes-10d-from3d-5n"], seeds=(0, 1))
    assert first.settings["data.options"]["seed"] == 1
    assert second.settings["data.options"]["seed"] == 2
    assert first.expected
    assert not second.expected


def test_a_family_stands_for_its_members():
    found = {cell.place.data for cell in cells(["svc"], ["hyperplanes_diff"])}
    assert len(found) == 19
    with pytest.raises(UsageError) as caught:
        cells(["svc"], ["hyperplanes_dif"])
    assert "hyperplanes" in caught.value.hint


def test_there_is_no_iqp_kernel_above_twelve_features():
    assert not cells(["iqp"], ["linearly_separable_13d"])
    assert len(cells(["separable", "rbf_svc"], ["linearly_separable_13d"])) == 2


@pytest.mark.parametrize("degree5", ["2d", "3d", "4d"])
def test_results_of_repeated_iqp_kernels_entangle_in_their_first_repetition_only(degree5):
    data = f"two_curves-5degree-0.1offset-{degree5}"
    stored, row = published()[data, "iqp"], rows()[data]
    section = DataSection(name=row.name, options=dict(row.options))
    dataset = load(section, root=None, environ={}, progress=Silence())
    parts = prepare(dataset, section, seeds=Seeds(0), scale="angle")

    def build(inputs, weights):
        del weights
        whole = iqp.circuit(inputs, stored.repeats).gates
        first = iqp.circuit(inputs, 1).gates
        return Circuit.of(
            len(inputs), [*first, *(g for g in whole[len(first) :] if g.name != "rzz")]
        )

    model = CircuitModel(
        wires=row.features, features=row.features, weights_shape=(0,), build=build, observables=()
    )
    train, test = parts.train, parts.test
    own = layered(model, train.features, train.features, None)
    machine = SVC(kernel="precomputed", C=stored.C).fit(own, train.labels)
    across = layered(model, test.features, train.features, None)
    assert round(machine.score(own, train.labels), 4) == stored.train_accuracy
    assert round(machine.score(across, test.labels), 4) == stored.test_accuracy
