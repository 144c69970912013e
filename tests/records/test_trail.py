import json

import pytest

from qml.errors import RunError
from qml.records.secrets import Scrubber
from qml.records.trail import SubmissionTrail, read_trail


@pytest.fixture
def path(tmp_path):
    return tmp_path / "artifacts" / "submissions.jsonl"


def test_the_last_row_of_a_name_counts(path):
    trail = SubmissionTrail(path)
    trail.add({"name": "step/1", "key": None})
    trail.add({"name": "step/2", "key": "b"})
    trail.add({"name": "step/1", "key": "c"})
    assert list(read_trail(path).values()) == [
        {"name": "step/1", "key": "c"},
        {"name": "step/2", "key": "b"},
    ]
    assert len(path.read_bytes().splitlines()) == 3


def test_no_file_is_no_row(path):
    assert read_trail(path) == {}


def test_a_torn_last_line_is_skipped_and_cut_off(path):
    SubmissionTrail(path).add({"name": "a", "seed": 1})
    with path.open("ab") as stream:
        stream.write(b'{"name":"b","se')
    assert list(read_trail(path)) == ["a"]
    SubmissionTrail(path).add({"name": "c", "seed": 2})
    assert list(read_trail(path)) == ["a", "c"]
    assert [json.loads(line)["name"] for line in path.read_bytes().splitlines()] == ["a", "c"]


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"key": 1}'])
def test_other_damage_is_an_error(path, line):
    SubmissionTrail(path).add({"name": "a"})
    path.write_bytes(line + b"\n" + path.read_bytes())
    with pytest.raises(RunError, match="line 1"):
        read_trail(path)


def test_secrets_are_scrubbed(path):
    trail = SubmissionTrail(path, scrubber=Scrubber({"IONQ_API_KEY": "s3cr3t-value"}))
    trail.add({"name": "a", "backend": {"device": "s3cr3t-value"}})
    assert "s3cr3t" not in path.read_text()


def test_what_cannot_be_written_is_said(tmp_path):
    (tmp_path / "artifacts").write_text("")
    with pytest.raises(RunError, match="cannot be written"):
        SubmissionTrail(tmp_path / "artifacts" / "submissions.jsonl").add({"name": "a"})
