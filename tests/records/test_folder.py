import json
import os
import subprocess
import sys
import tomllib

import pytest

from qml.errors import RunError
from qml.records import RunFolder, describe, list_runs

CREATE_MANY = """
import sys
from pathlib import Path
from qml.records import RunFolder
for _ in range(20):
    run = RunFolder.create(Path(sys.argv[1]), name="same", config={}, command="train")
    run.finalise("finished")
"""

CREATE_AND_WAIT = """
import sys, time
from pathlib import Path
from qml.records import RunFolder
run = RunFolder.create(Path(sys.argv[1]), name=None, config={}, command="train")
print(run.id, flush=True)
time.sleep(60)
"""


def test_a_new_run_holds_config_and_manifest(run, runs, config):
    assert run.id.startswith("20261121-")
    assert tomllib.loads(run.config_path.read_text()) == config
    manifest = run.manifest()
    assert manifest["status"] == "running"
    assert manifest["config"] == config
    assert manifest["sessions"][0]["pid"] == os.getpid()
    assert manifest["uuid"].replace("-", "").startswith(run.id[-6:])
    assert [p.name for p in runs.iterdir()] == [run.id]


def test_update_replaces_parts_and_refuses_unknown_ones(run):
    run.update(metrics={"loss": float("nan"), "accuracy": 0.5})
    assert run.manifest()["metrics"] == {"loss": None, "accuracy": 0.5}
    with pytest.raises(KeyError, match="colour"):
        run.update(colour="blue")


def test_a_reader_cannot_write(run):
    with pytest.raises(RunError, match="not locked"):
        RunFolder(run.path).update(metrics={})


def test_finalise_closes_the_session_and_hashes_artifacts(run, clock):
    (run.artifacts / "model.json").write_text("{}")
    clock.moment += 2.5
    manifest = run.finalise("finished", stop_reason="epochs", metrics={"loss": 1})
    assert (manifest["status"], manifest["duration"]) == ("finished", 2.5)
    assert manifest["artifacts"]["artifacts/model.json"]["bytes"] == 2
    assert manifest["sessions"][0]["end"] == manifest["end"]
    assert not run.alive()


def test_an_error_is_kept_without_its_traceback(run):
    run.finalise("failed", error=RunError("no", hint="try again"))
    assert run.manifest()["error"] == {"type": "RunError", "message": "no", "hint": "try again"}


def test_a_run_has_one_process_at_a_time(runs):
    with subprocess.Popen(
        [sys.executable, "-c", CREATE_AND_WAIT, str(runs)], stdout=subprocess.PIPE, text=True
    ) as process:
        other = RunFolder(runs / process.stdout.readline().strip())
        try:
            assert other.alive()
            with pytest.raises(RunError, match="in use by another process"):
                other.take()
        finally:
            process.kill()
    assert not other.alive()


def test_taking_a_run_again_opens_a_second_session(run, clock):
    clock.moment += 1
    run.finalise("interrupted", stop_reason="Ctrl-C")
    clock.moment += 10
    again = RunFolder(run.path, clock=clock)
    manifest = again.take()
    assert manifest["status"] == "running"
    assert [bool(s["end"]) for s in manifest["sessions"]] == [True, False]
    clock.moment += 2
    assert again.finalise("finished")["duration"] == 3.0


def test_what_goes_wrong_after_the_end_can_still_be_recorded(run):
    run.finalise("finished")
    run.finalise("failed", error=OSError("disk full"))
    assert run.manifest()["error"]["message"] == "disk full"
    assert not run.alive()


def test_a_change_of_the_code_between_sessions_shows(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for text in ("a = 1\n", "a = 2\n"):
        (tmp_path / "model.py").write_text(text)
        describe(run, tmp_path)
        run.finalise("interrupted")
        run.take()
    digests = [session["code"] for session in run.manifest()["sessions"]]
    assert digests[2] is None
    assert len({*digests}) == 3


def test_two_processes_make_runs_in_one_folder(runs):
    command = [sys.executable, "-c", CREATE_MANY, str(runs)]
    with subprocess.Popen(command) as first, subprocess.Popen(command) as second:
        assert (first.wait(60), second.wait(60)) == (0, 0)
    entries = list_runs(runs)
    assert len(entries) == 40
    assert all(entry.manifest and entry.manifest["name"] == "same" for entry in entries)


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path):
    (tmp_path / "runs").write_text("a file stands in the way")
    with pytest.raises(RunError, match="no run can be made"):
        RunFolder.create(tmp_path / "runs", name=None, config={}, command="train")


@pytest.mark.parametrize("name", ["", "  ", "a/b", "20261121", "20261121-1003", "a\nb", "x" * 101])
def test_names_that_cannot_be_told_from_ids_or_paths_are_refused(runs, name):
    with pytest.raises(RunError):
        RunFolder.create(runs, name=name, config={}, command="train")


def test_importing_records_is_light():
    heavy = "{'numpy', 'pydantic', 'jax', 'mlflow'}"
    code = f"import sys, qml.records; print(sorted({heavy} & {{*sys.modules}}))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(out.stdout.replace("'", '"')) == []
