"""Loaded and split by us, the published data give the accuracies that its authors published."""

import csv
import json

import pytest
from sklearn.svm import SVC

from qml.config.sections.data import DataSection
from qml.data import load, prepare
from qml.ports import Silence
from qml.seeds import Seeds


def test_support_vector_machines_on_raw_features(shared):
    folder = shared / "published"
    with (folder / "expected.csv").open() as stream:
        rows = [row for row in csv.DictReader(stream) if row["model"] == "SVC"]
    assert len(rows) == 4
    for row in rows:
        section = DataSection(path=row["file"], target="y", split="split")
        dataset = load(section, root=folder, environ={}, progress=Silence())
        data = prepare(dataset, section, seeds=Seeds(0), scale="none")
        keys = {name: float(value) for name, value in json.loads(row["hyperparameters"]).items()}
        machine = SVC(**keys).fit(data.train.features, data.train.labels)
        for part, name in ((data.train, "train_accuracy"), (data.test, "test_accuracy")):
            found = machine.score(part.features, part.labels)
            assert found == pytest.approx(float(row[name]), abs=5e-5)
