"""A training whose expectations are mitigated, from the plan to its replay."""

import pytest

SETTINGS = (
    "backend.name=aer",
    "backend.shots=6000",
    "backend.noise.depolarizing2=0.05",
    "backend.noise.readout=0.05",
    "mitigation.method=readout",
    "mitigation.readout.shots=20000",
    "train.gradient=spsa",
    "train.steps=1",
    "train.batch_size=4",
)


@pytest.mark.long
def test_the_error_is_predicted_lessened_measured_and_replayed(project):
    options = [word for setting in SETTINGS for word in ("--set", setting)]
    document = project.qml("plan", "--json", *options).document
    names = [m["method"] for m in document["mitigation"]["methods"]]
    assert (names, document["mitigation"]["chosen"]) == (["none", "readout"], "readout")

    found = project.train("--name", "first", *options)["metrics"]["mitigation"]
    assert found["method"] == "readout"
    assert found["after"] < found["before"]
    assert found["predicted_after"] < found["predicted_before"]
    assert "mitigation" in project.qml("runs", "show", "first").out
    assert project.qml("replay", "first", "--json").document["verdict"] == "identical"
