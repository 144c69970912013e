"""Which run wrote a file, and what a check holds it against."""

import json

import pytest

from qml.config import Loaded, load, validate
from qml.errors import ConfigError, UsageError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.compress.exports import copy, digest_of
from qml.tasks.compress.verify import Asked, _apart, _asked, _differences, _format, verify
from qml.tasks.compress.writers import writer_of
from qml.tasks.project import Project


@pytest.fixture
def project(tmp_path):
    loaded = Loaded(config=validate({}), origins={}, root=tmp_path, file=None)
    return Project(loaded=loaded, runs=tmp_path / "runs")


@pytest.fixture
def wrote(tmp_path):
    """A run that wrote a file of 5 bytes."""

    def make(content=b"12345"):
        run = RunFolder.create(
            tmp_path / "runs",
            name=None,
            config=validate({"compress": {"model": "gguf:smollm2"}}).document(),
            command="compress",
        )
        file = run.artifacts / "export" / "model.gguf"
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
        facts = {"path": "artifacts/export/model.gguf", "format": "gguf", "copied_to": None}
        facts |= {"bytes": len(content), "bytes_predicted": 5, "sha256": digest_of(file)}
        outcome = {"export": facts, "rows": [], "model": {"sha256": "of-the-teacher"}}
        run.outcome_path.write_text(json.dumps(outcome))
        run.finalise("finished")
        return run, file

    return make


def test_a_file_is_known_by_its_place_else_by_its_content(project, wrote, tmp_path):
    run, file = wrote()
    assert writer_of(file, project.runs).run.id == run.id
    twin = tmp_path / "twin.gguf"
    twin.write_bytes(file.read_bytes())
    assert writer_of(twin, project.runs).run.id == run.id
    twin.write_bytes(b"other")
    assert writer_of(twin, project.runs) is None
    file.write_bytes(b"damaged")
    assert writer_of(file, project.runs).run.id == run.id, "its place tells, so that it is noticed"


def test_what_nobody_wrote_needs_a_teacher_and_a_text(project, tmp_path):
    file = tmp_path / "renamed"
    file.write_bytes(b"GGUF")
    with pytest.raises(ConfigError, match="--model TEACHER is missing"):
        verify(file, project, World.default(), model=None, evaluate=())
    with pytest.raises(ConfigError, match="--evaluate FILE is missing"):
        verify(file, project, World.default(), model="gguf:smollm2", evaluate=())
    with pytest.raises(UsageError, match="does not exist"):
        verify(tmp_path / "no.gguf", project, World.default(), model=None, evaluate=())
    asked = _asked(file, project, World.default(), "gguf:smollm2", [tmp_path / "a.txt"])
    assert (asked.form, asked.writer) == ("gguf", None)
    assert asked.config.compress.evaluate == [str(tmp_path / "a.txt")]
    other = tmp_path / "model.gguf"
    other.write_bytes(b"x")
    with pytest.raises(UsageError, match="no format that qml writes"):
        _asked(other, project, World.default(), "gguf:x", [tmp_path / "a.txt"])


@pytest.mark.parametrize(
    ("start", "form"),
    [(b"GGUF\x03", "gguf"), (b"\x10" + bytes(7) + b"{}", "safetensors"), (b"\x08\x0a\x12", "onnx")],
)
def test_the_content_tells_the_format(tmp_path, start, form):
    (tmp_path / "file.bin").write_bytes(start)
    assert _format(tmp_path / "file.bin", None) == form


def test_what_is_set_is_laid_over_the_configuration_of_the_run(wrote, tmp_path):
    _, file = wrote()
    (tmp_path / "qml.toml").write_text("[compress]\nlength = 64\n")
    pairs = ["compress.evaluate_tokens=96", "backend.threads=1"]
    loaded = load(tmp_path, environ={}, pairs=pairs)
    project = Project(loaded=loaded, runs=tmp_path / "runs")
    asked = _asked(file, project, World.default(), None, [tmp_path / "a.txt"])
    assert asked.config.compress.model == "gguf:smollm2", "of the run"
    assert asked.config.compress.length == validate({}).compress.length, "of the run, too"
    assert asked.config.compress.evaluate_tokens == 96
    assert asked.config.backend.threads == 1


class Teacher:
    def __init__(self, digest):
        self.digest = digest

    def describe(self):
        return {"sha256": self.digest}


def test_differences_are_told_one_by_one(project, wrote, tmp_path):
    _, file = wrote()
    writer = writer_of(file, project.runs)
    asked = Asked(project.loaded.config, tmp_path, writer, "gguf")
    facts = {"bytes": 5, "sha256": writer.export["sha256"]}
    then = {"kl": 0.2, "perplexity": 40.0, "agreement": 0.7}
    same = Teacher("of-the-teacher")
    assert _differences(asked, facts, then, then, same) == []
    near = {"kl": 0.203, "perplexity": 40.1, "agreement": 0.7}
    assert _differences(asked, facts, near, then, same) == []
    far = {"kl": 0.21, "perplexity": 41.0, "agreement": None}
    found = _differences(asked, facts | {"bytes": 6}, far, then, Teacher("another"))
    assert [line.split(":")[0] for line in found] == [
        *("bytes", "teacher", "kl", "perplexity", "agreement")
    ]
    assert "nothing finite" in found[-1]
    assert _differences(asked, facts, far, None, same) == [], "other texts: nothing to compare"
    assert _apart("kl", 0.02, None, None) == []


def test_copies_are_whole_or_not_at_all(tmp_path):
    source = tmp_path / "folder"
    source.mkdir()
    (source / "a").write_text("1")
    copied = copy(source, tmp_path / "copy")
    assert digest_of(copied) == digest_of(source)
    assert copy(source, tmp_path / "copy") == copied, "of a session that was stopped after it"
    (source / "b").write_text("2")
    with pytest.raises(UsageError, match="exists already"):
        copy(source, tmp_path / "copy")
    assert digest_of(copied) != digest_of(source)
