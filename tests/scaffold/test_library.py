"""Where templates are found: in a wheel's package, else beside an editable one."""

from pathlib import Path

import pytest

import qml
from qml.errors import UsageError
from qml.scaffold import find_template, list_templates
from qml.scaffold.library import templates_folder

NAMES = [
    *("architecture-search", "classifier", "custom", "generative", "hardware-ci"),
    *("images", "kernel", "llm-compress", "llm-sample", "tune"),
]


def make(folder: Path, *names: str) -> Path:
    for name in ("_shared", *names):
        (folder / name).mkdir(parents=True)
    for name in names:
        text = "description:\n  help: What\n  default: A summary\n"
        (folder / name / "copier.yml").write_text(text)
    return folder


def test_the_wheel_comes_first(tmp_path):
    package = tmp_path / "qml"
    inside = make(package / "_templates", "inner")
    make(tmp_path / "templates", "outer")
    assert templates_folder(package) == inside
    assert [t.name for t in list_templates(package)] == ["inner"]


def test_the_repository_comes_second(tmp_path):
    outside = make(tmp_path / "templates", "outer")
    assert templates_folder(tmp_path / "qml") == outside
    assert find_template("outer", tmp_path / "qml").summary == "A summary"


def test_neither_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="has no templates") as caught:
        templates_folder(tmp_path / "qml")
    assert "pip install" in caught.value.hint


def test_a_foreign_folder_named_templates_is_not_taken(tmp_path):
    (tmp_path / "templates" / "web").mkdir(parents=True)
    with pytest.raises(UsageError, match="has no templates"):
        templates_folder(tmp_path / "qml")


def test_this_installation_has_all():
    names = [t.name for t in list_templates(Path(qml.__file__).parent)]
    assert names == NAMES


def test_an_unknown_template_names_the_known():
    with pytest.raises(UsageError, match="no template `gan`") as caught:
        find_template("gan")
    assert caught.value.hint == f"known: {', '.join(NAMES)}"


def test_every_question_accepts_its_own_default():
    for template in list_templates():
        for question in template.questions:
            assert question.help
            assert question.parse(str(question.default)) == question.default
