"""The outcome of `qml init` is a document that keeps to its schema."""

import json

import jsonschema

from qml.report import schemas
from qml.report.documents import dumps
from qml.tasks.init import init


def test_the_document(tmp_path):
    document = json.loads(dumps(init(tmp_path / "mine", answers={"layers": "2"}).document()))
    jsonschema.validate(document, schemas.load("qml.init/1"))
    assert document["template"] == "classifier"
    assert document["next"] == [f"cd {tmp_path}/mine", "qml train"]


def test_a_path_with_spaces_is_quoted(tmp_path):
    place = tmp_path / "two words"
    place.mkdir()
    assert init(place / "mine").next[0] == f"cd '{place}/mine'"


def test_in_the_working_folder_there_is_nowhere_to_go(tmp_path, monkeypatch):
    target = tmp_path / "mine"
    target.mkdir()
    monkeypatch.chdir(target)
    assert init(target).next == ("qml train",)
