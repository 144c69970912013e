"""A run from the first tensor to the records: stopped at any moment, it keeps what was done."""

import json
import shutil
from typing import NamedTuple

import pytest
from compression.conftest import tiny_folder  # noqa: F401 - a fixture
from compression.tiny import TEXT

from qml.config import Loaded, validate
from qml.errors import InterruptedRunError, UsageError
from qml.session import World
from qml.tasks.carry import begin
from qml.tasks.compress import work as work_module
from qml.tasks.compress.work import compress


class Usage(NamedTuple):
    """Of a disk."""

    free: int


class StopAfter:
    """Asks to stop once it was looked at so often."""

    def __init__(self, looks=10**9):
        self.looks = looks

    @property
    def requested(self):
        self.looks -= 1
        return self.looks < 0


@pytest.fixture
def start(tmp_path, tiny_folder, monkeypatch):  # noqa: F811 - the fixture
    monkeypatch.setenv("HOME", str(tmp_path))
    lines = TEXT.splitlines()
    (tmp_path / "calibrate.txt").write_text("\n".join(lines[:100]))
    (tmp_path / "evaluate.txt").write_text("\n".join(lines[200:]))
    fixed = {
        "model": f"hf:{tiny_folder}",
        "calibrate": ["calibrate.txt"],
        "evaluate": ["evaluate.txt"],
        "length": 32,
        "evaluate_tokens": 128,
        "speed": False,
        "bits": {"tokens": 31, "widths": [2, 4], "rivals": ["uniform", "greedy"]},
    }

    def run(stop, **keys):
        given = {"compress": fixed | keys, "backend": {"threads": 1}}
        given["tracking"] = {"name": "none"}
        loaded = Loaded(config=validate(given), origins={}, root=tmp_path, file=None)
        world = World.default()
        folder = begin(loaded, "compress", name=None, world=world)
        return folder, lambda: compress(folder, loaded.config, tmp_path, stop, world).document()

    return run


def test_a_run_writes_its_file_and_its_records(start, tmp_path):
    folder, work = start(StopAfter(), export="safetensors", output="small", target="3bpw")
    document = work()
    assert json.loads(folder.outcome_path.read_text()) == document
    manifest = folder.manifest()
    assert manifest["status"] == "finished"
    assert manifest["stop_reason"] == "done"
    assert manifest["verdict"] == document["verdict"]
    assert manifest["metrics"]["export_kl"] == pytest.approx(document["metrics"]["kl"], rel=0.02)
    assert (tmp_path / "small").is_dir()
    assert not list(tmp_path.glob(".small*")), "nothing half-written is left"


@pytest.mark.long
def test_a_copy_that_fails_loses_nothing(start, tmp_path):
    folder, work = start(StopAfter(), export="safetensors", output="small", target="3bpw")
    (tmp_path / "small").write_text("somebody else's")
    document = work()
    assert document["stopped"]["reason"] == "export"
    assert document["stopped"]["exit_code"] == 2
    assert "exists already" in document["stopped"]["words"]
    assert str(folder.path / document["export"]["path"]) in document["stopped"]["words"]
    assert document["export"]["copied_to"] is None
    assert document["metrics"]["export_kl"] > 0, "it was measured before it was copied"
    assert json.loads(folder.outcome_path.read_text()) == document
    assert folder.manifest()["status"] == "failed"
    assert (tmp_path / "small").read_text() == "somebody else's"
    (tmp_path / "small").unlink()
    folder.take()
    assert work()["stopped"]["reason"] == "done", "resumed"
    folder.take()
    assert work()["export"]["copied_to"] == str(tmp_path / "small"), "its own file is known"


def test_a_disk_without_room_for_the_copy_is_told_before_and_loses_nothing(
    start, tmp_path, monkeypatch
):
    def full(place):
        return Usage(free=10**9 if "runs" in str(place) else 1000)

    monkeypatch.setattr(shutil, "disk_usage", full)
    _, work = start(StopAfter(), export="safetensors", output="small", target="3bpw")
    with pytest.raises(UsageError, match=r"the disk of .* has 0\.0 MB left"):
        work()
    monkeypatch.setattr(work_module, "check_room", lambda *given: None)
    _, work = start(StopAfter(), export="safetensors", output="small", target="3bpw")
    document = work()
    assert "has 0.0 MB left" in document["stopped"]["words"]
    assert document["stopped"]["exit_code"] == 2
    assert next(row["kl"] for row in document["rows"] if row["method"] == "export") > 0
    assert not list(tmp_path.glob("*small*")), "nothing half-written is left"


def test_a_stop_keeps_what_was_done(start):
    folder, work = start(StopAfter(45), methods=["bits", "round"], target="3bpw")
    document = work()
    assert folder.manifest()["status"] == "interrupted"
    assert document["stopped"]["reason"] == "interrupted"
    assert document["stopped"]["exit_code"] == 130
    assert document["verdict"].startswith("Stopped early: ")
    chosen = [row for row in document["rows"] if row["chosen"]]
    assert chosen[-1]["kl"] > 0, "what was chosen is judged even then"
    left = [row for row in document["rows"] if row["kl"] is None]
    assert left
    assert all("not judged" in row["note"] for row in left)


def test_a_stop_before_anything_was_chosen_leaves_nothing_to_show(start):
    _, work = start(StopAfter(0))
    with pytest.raises(InterruptedRunError):
        work()
