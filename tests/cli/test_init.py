"""`qml init` as a person and as a script use it."""

import os
import pty
import subprocess
import sys
import time

import jsonschema
import pytest
from support import QML, Project

from qml.report import schemas


@pytest.fixture
def empty(tmp_path, compiled):
    return Project(tmp_path, {**os.environ, "QML_CACHE_DIR": str(compiled)})


def test_a_script_gets_one_document(empty):
    done = empty.qml("init", "mine", "--no-input", "--json")
    jsonschema.validate(done.document, schemas.load("qml.init/1"))
    assert done.document["path"] == "mine"
    assert done.document["next"] == ["cd mine", "qml train"]
    assert set(done.document["files"]) == {
        str(f.relative_to(empty.root / "mine"))
        for f in (empty.root / "mine").rglob("*")
        if f.is_file()
    }
    assert done.err == ""


def test_a_person_is_told_what_to_type_next(empty):
    done = empty.qml("init", "mine", "-t", "kernel", "--defaults")
    assert "cd mine" in done.out
    assert "qml train" in done.out
    assert 'entry = "data:load"' in (empty.root / "mine" / "qml.toml").read_text()


def test_answers_from_the_command_line(empty):
    empty.qml("init", "mine", "--set", "layers=2", "--set", "description=Say 'hi' = \"ho\"")
    assert "layers = 2\n" in (empty.root / "mine" / "qml.toml").read_text()
    assert "Say 'hi' = \"ho\"" in (empty.root / "mine" / "README.md").read_text()


def test_a_folder_in_use_is_a_usage_error(empty):
    (empty.root / "mine").mkdir()
    (empty.root / "mine" / "notes").write_text("x")
    done = empty.qml("init", "mine", "--json", code=2)
    assert done.document["error"]["hint"]
    assert "not empty" in done.err
    assert [entry.name for entry in (empty.root / "mine").iterdir()] == ["notes"]


@pytest.mark.parametrize("pair", ["layers", "=3"])
def test_a_pair_without_a_key_or_value_is_a_usage_error(empty, pair):
    assert "expected key=value" in empty.qml("init", "mine", "--set", pair, code=2).err


def test_help_loads_no_copier_and_nothing_heavy(empty):
    code = (
        "import sys; from qml.cli.app import build\n"
        "try: build()(['init', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'copier', 'jinja2', 'yaml', 'numpy', 'jax'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_on_a_terminal_it_asks_and_asks_again(empty):
    """A real terminal; the second answer is refused, and asked for once more."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [QML, "init", "mine"],
        cwd=empty.root,
        env={**empty.environ, "TERM": "dumb"},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    said = ""
    for wanted, answer in (
        ("in one line", ""),
        ("Number of qubits", "99"),
        ("between 4 and 16", None),
        ("Number of qubits", "6"),
        ("Number of trainable layers", ""),
        ("Passes over", "2"),
    ):
        said = talk(leader, wanted, answer)
    assert process.wait(timeout=60) == 0, said
    os.close(leader)
    text = (empty.root / "mine" / "qml.toml").read_text()
    assert "qubits = 6\n" in text
    assert "epochs = 2\n" in text
    assert "layers = 8\n" in text


def talk(leader, wanted, answer):
    said = ""
    deadline = time.monotonic() + 60
    while wanted not in said and time.monotonic() < deadline:
        said += os.read(leader, 1).decode(errors="replace")
    assert wanted in said, said
    if answer is not None:
        os.write(leader, answer.encode() + b"\n")
    return said


def test_no_input_never_asks_on_a_terminal(empty):
    leader, follower = pty.openpty()
    done = subprocess.run(
        [QML, "init", "mine", "--no-input"],
        cwd=empty.root,
        env=empty.environ,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        timeout=60,
        check=False,
    )
    os.close(follower)
    os.close(leader)
    assert done.returncode == 0
    assert (empty.root / "mine" / "qml.toml").is_file()
