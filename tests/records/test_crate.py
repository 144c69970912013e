import json
import uuid

import pytest

from qml.errors import ProviderError, RunError
from qml.records import describe, export_crate

rocrate = pytest.importorskip("rocrate.rocrate", reason="extra `rocrate` is not installed")
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"


@pytest.fixture
def finished(run, tmp_path):
    (run.artifacts / "model.safetensors").write_bytes(b"weights")
    describe(run, tmp_path)
    run.finalise("finished", data={"source": "digits"}, verdict="Even.")
    return run


def read(path):
    crate = rocrate.ROCrate(path)
    [action] = [e for e in crate.get_entities() if e.type == "CreateAction"]
    return crate, action


def as_list(value):
    return value if isinstance(value, list) else [value]


def test_the_crate_meets_the_musts_of_the_profile(finished, tmp_path):
    crate, action = read(export_crate(finished, tmp_path / "crate"))
    assert PROFILE in {entity.id for entity in as_list(crate.root_dataset["conformsTo"])}
    assert action["instrument"].type == "SoftwareApplication"
    assert uuid.UUID(action.id.removeprefix("urn:uuid:")) == uuid.UUID(finished.manifest()["uuid"])
    assert action.id in {entity.id for entity in as_list(crate.root_dataset["mentions"])}


def test_the_crate_holds_inputs_results_and_status(finished, tmp_path):
    manifest = finished.manifest()
    crate, action = read(export_crate(finished, tmp_path / "crate"))
    inputs = {entity.id for entity in as_list(action["object"])}
    results = {entity.id for entity in as_list(action["result"])}
    assert {"config.toml", "requirements.txt", "#input-seeds", "#input-data"} <= inputs
    assert {"manifest.json", "artifacts/model.safetensors"} <= results
    assert action["actionStatus"] == "http://schema.org/CompletedActionStatus"
    assert (action["startTime"], action["endTime"]) == (manifest["start"], manifest["end"])
    assert (tmp_path / "crate" / "artifacts" / "model.safetensors").read_bytes() == b"weights"
    seeds = crate.dereference("#input-seeds")
    assert json.loads(seeds["value"])["root"] == 7


def test_a_failed_run_is_a_failed_action_in_a_zip(run, tmp_path):
    run.finalise("failed", error=ProviderError("no answer"))
    _, action = read(export_crate(run, tmp_path / "crate.zip"))
    assert action["actionStatus"] == "http://schema.org/FailedActionStatus"
    assert action["error"] == "ProviderError: no answer"


def test_nothing_is_overwritten(finished, tmp_path):
    with pytest.raises(RunError, match="exists"):
        export_crate(finished, tmp_path)
