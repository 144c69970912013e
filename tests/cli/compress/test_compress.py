"""`qml compress` from the command line, on a model of 60,000 weights."""

import json

import jsonschema
import pytest

from qml.report import schemas


def valid(document):
    jsonschema.validate(document, schemas.load(document["schema"]))
    return document


@pytest.fixture(scope="module")
def done(small):
    """A run that wrote a file, and a copy of it."""
    return valid(
        small.compress("--export", "safetensors", "--output", "copy", "--target", "3.5bpw")
    )


def rows(document, method):
    return {row["label"]: row for row in document["rows"] if row["method"] == method}


def test_rows_sizes_intervals_and_the_file(done, small):
    assert done["stopped"]["reason"] == "done"
    chosen = [row for row in done["rows"] if row["chosen"]]
    assert len(chosen) == 1
    (mine,) = chosen
    assert mine["payload_bpw"] <= 3.5
    assert mine["payload_bpw"] < mine["unit_bits"]
    low, high = mine["kl_ci"]
    assert 0 < low < mine["kl"] < high
    teacher, file = rows(done, "teacher")["fp32"], rows(done, "export")["safetensors"]
    assert teacher["kl"] == 0
    assert teacher["agreement"] == 1
    assert file["bytes"] == mine["bytes_predicted"]
    assert file["kl"] == pytest.approx(mine["kl"], rel=1e-3)
    assert done["metrics"]["export_bytes"] == file["bytes"]
    assert (small.root / "copy").exists()
    assert sum(unit["weights"] for unit in done["allocation"]) == done["model"]["unit_parameters"]
    assert all(row["price"] == "0.00" for row in done["rows"])


def test_rivals_are_compared_on_the_same_tokens(done):
    mine = next(f"{r['method']}/{r['label']}" for r in done["rows"] if r["chosen"])
    names = {c["rival"] for c in done["comparisons"]}
    assert {c["chosen"] for c in done["comparisons"]} <= {mine}
    assert names == {f"bits/{label}" for label in rows(done, "bits")} - {mine} - {
        f"bits/{label}" for label, row in rows(done, "bits").items() if row["kl"] is None
    }
    assert done["held_out"]["drawn"].endswith("chunks")


def test_the_records_and_the_page(done, small):
    run = small.root / "runs" / done["run_id"]
    manifest = json.loads((run / "manifest.json").read_text())
    assert manifest["status"] == "finished"
    assert manifest["metrics"]["kl"] == done["metrics"]["kl"]
    assert manifest["data"]["digests"].keys() == {"calibrate.txt", "evaluate.txt"}
    assert any("export" in name for name in manifest["artifacts"])
    assert "Candidates side by side" in (run / "report.html").read_text()


def test_a_replay_is_identical(done, small):
    assert small.qml("replay", done["run_id"], "--json").document["verdict"] == "identical"


def test_a_check_agrees_until_the_file_or_the_model_changes(done, small):
    path = f"runs/{done['run_id']}/{done['export']['path']}"
    found = valid(small.qml("compress", "verify", path, "--json").document)
    assert found["agrees"] is True
    assert found["run_id"] == done["run_id"]
    assert "agrees with what run" in small.qml("compress", "verify", "copy").out
    other = small.qml("compress", "verify", "copy", "--evaluate", "calibrate.txt", "--json")
    assert valid(other.document)["recorded"] is None
    weights = next((small.root / "copy").rglob("*.safetensors"))
    data = bytearray(weights.read_bytes())
    data[-1000:] = bytes(1000)
    weights.write_bytes(data)
    broken = valid(small.qml("compress", "verify", "copy", "--json", code=1).document)
    assert broken["agrees"] is False
    assert "sha256" in " ".join(broken["differences"])


def test_a_target_out_of_reach_says_the_smallest(small):
    refused = small.qml("compress", "--target", "0.5bpw", "--json", code=2)
    assert "out of reach" in refused.document["error"]["message"]
    assert "2.00bpw" in refused.document["error"]["hint"]
    assert "out of reach" in refused.err


def test_bad_input_makes_no_run(small):
    before = small.runs
    assert "is no target" in small.qml("compress", "--target", "4 lbs", code=2).err
    assert small.runs == before


def test_help_shows_the_options_of_the_model(small):
    text = small.qml("compress", "--help").out
    assert "--calibrate" in text
    assert "qml compress verify FILE" in text
    assert "qml compress model" not in text
    assert "--evaluate" in small.qml("compress", "verify", "--help").out
