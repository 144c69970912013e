import json

import pytest

from qml.errors import RunError
from qml.records import read_manifest
from qml.records.manifest import SCHEMA, Manifest
from qml.records.migrations import CURRENT, STEPS, upgrade


def test_every_golden_manifest_is_read(golden):
    files = sorted(golden.glob("manifest-v*.json"))
    assert len(files) == CURRENT
    for path in files:
        manifest = read_manifest(path)
        assert set(manifest) == set(Manifest.__annotations__)
        assert manifest["run_id"] == "20261121-100312-a1b2c3"
        assert manifest["metrics"]["test_accuracy"] == 0.9
        assert manifest["code"]["archive"]["path"] == "code.tar.gz"


def test_a_new_manifest_has_the_keys_of_the_golden_one_in_its_order(run, golden):
    frozen = json.loads((golden / f"manifest-v{CURRENT}.json").read_text())
    assert list(run.manifest()) == list(frozen)
    assert f"qml.manifest/{CURRENT}" == SCHEMA


def test_there_is_a_step_from_every_version_to_the_next():
    assert sorted(STEPS) == list(range(1, CURRENT))


def test_a_manifest_is_brought_through_all_steps():
    steps = {
        1: lambda d: {**d, "schema": "qml.manifest/2", "old": d["name"]},
        2: lambda d: {**d, "schema": "qml.manifest/3", "new": d["old"]},
    }
    document = {"schema": "qml.manifest/1", "name": "x"}
    assert upgrade(document, where="f", current=3, steps=steps)["new"] == "x"


def test_a_manifest_of_a_newer_qml_says_upgrade(run):
    document = {**run.manifest(), "schema": "qml.manifest/99"}
    run.manifest_path.write_text(json.dumps(document))
    with pytest.raises(RunError, match=r"newer qml \(manifest version 99") as caught:
        run.manifest()
    assert "--upgrade" in caught.value.hint


@pytest.mark.parametrize("content", ['{"schema": "other/1"}', "{}", "[]", "", '{"schema": 5}'])
def test_what_is_no_manifest_is_told(run, content):
    run.manifest_path.write_text(content)
    with pytest.raises(RunError, match=r"damaged|not a manifest"):
        run.manifest()
