"""This project is sound: its texts share nothing, its choice is optimal and can be replayed."""

import qml
from qml.config import load


def test_the_configuration_names_both_texts(project):
    loaded = load(project, environ={})
    assert loaded.file == project / "qml.toml"
    section = loaded.config.compress
    assert section.calibrate == ["calibrate.txt"]
    assert section.evaluate == ["evaluate.txt"]
    assert not set(section.calibrate) & set(section.evaluate)


def test_the_texts_share_no_line_and_are_long_enough(project):
    calibrate, evaluate = (
        (project / name).read_text("utf-8") for name in ("calibrate.txt", "evaluate.txt")
    )
    lines = [{line.strip() for line in text.splitlines()} - {""} for text in (calibrate, evaluate)]
    assert not lines[0] & lines[1]
    assert len(calibrate.split()) > 10_000
    assert len(evaluate.split()) > 3_000


def test_the_choice_fits_and_is_proven(outcome):
    rows = {row["label"]: row for row in outcome["rows"] if row["method"] == "bits"}
    (mine,) = [row for row in rows.values() if row["chosen"]]
    assert mine["payload_bpw"] <= float(outcome["target"].removesuffix("bpw"))
    assert mine["proven"]
    assert mine["objective"] <= rows["uniform"]["objective"]


def test_the_file_holds_what_was_chosen(outcome, project):
    written = qml.Run.open(outcome["run_id"], root=project).path / outcome["export"]["path"]
    assert written.exists()
    assert outcome["export"]["bytes"] == outcome["export"]["bytes_predicted"]
    assert qml.verify(written, root=project)["agrees"]


def test_a_replay_is_identical(outcome, project):
    assert qml.replay(outcome["run_id"], root=project).verdict == "identical"
