"""A project appears whole or not at all, and never over somebody's files."""

import stat
from pathlib import Path

import pytest

from qml.errors import UsageError
from qml.scaffold import create


@pytest.fixture
def place(tmp_path):
    return tmp_path


def left(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_folder(place):
    created = create(place / "mine", "classifier", {})
    assert created.folder == place / "mine"
    assert created.template == "classifier"
    found = {str(f.relative_to(created.folder)) for f in created.folder.rglob("*") if f.is_file()}
    assert set(created.files) == found
    assert left(place) == ["mine"], "nothing hidden is left beside it"


def test_the_folder_has_the_usual_permissions(place):
    (place / "usual").mkdir()
    created = create(place / "mine", "classifier", {})
    assert stat.S_IMODE(created.folder.stat().st_mode) == stat.S_IMODE(
        (place / "usual").stat().st_mode
    )


def test_an_empty_folder_is_kept_and_filled(place):
    target = place / "mine"
    target.mkdir()
    inode = target.stat().st_ino
    created = create(target, "classifier", {})
    assert target.stat().st_ino == inode
    assert (target / "qml.toml").is_file()
    assert not [name for name in left(target) if name.startswith(".qml-init")]
    assert "qml.toml" in created.files


def test_a_folder_in_use_is_refused_and_untouched(place):
    target = place / "mine"
    target.mkdir()
    (target / "thesis.tex").write_text("years of work")
    with pytest.raises(UsageError, match=r"not empty: it has thesis\.tex") as caught:
        create(target, "classifier", {})
    assert caught.value.hint
    assert left(target) == ["thesis.tex"]
    assert (target / "thesis.tex").read_text() == "years of work"


def test_a_file_is_refused(place):
    (place / "mine").write_text("a file")
    with pytest.raises(UsageError, match="is a file"):
        create(place / "mine", "classifier", {})


def test_a_missing_parent_is_refused(place):
    with pytest.raises(UsageError, match="there is no folder") as caught:
        create(place / "a" / "mine", "classifier", {})
    assert "mkdir -p" in caught.value.hint
    assert left(place) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder that even root cannot write")
def test_a_folder_that_cannot_be_written_is_refused():
    with pytest.raises(UsageError, match="cannot write in /proc"):
        create(Path("/proc/mine"), "classifier", {})


@pytest.mark.parametrize("name", ["-x", ".hidden", "a b", "naïve", "x" * 65, "dash-"])
def test_a_name_that_cannot_be_used_is_refused(place, name):
    with pytest.raises(UsageError, match="cannot be the name of a project"):
        create(place / name, "classifier", {})
    assert left(place) == []


@pytest.mark.parametrize("name", ["a", "9lives", "my-classifier", "v1.2_b"])
def test_names_that_can_be_used(place, name):
    create(place / name, "classifier", {})
    assert f'name = "{name}"' in (place / name / "qml.toml").read_text()


@pytest.mark.parametrize(
    "answers, message",
    [
        ({"layers": "0"}, "`layers`: between 1 and 50, got 0"),
        ({"layers": "six"}, "`layers`: a whole number is wanted, got 'six'"),
        ({"layer": "6"}, "does not ask for `layer`"),
        ({"description": "two\nlines"}, "one line of at most 200"),
    ],
)
def test_an_answer_that_is_refused_leaves_nothing(place, answers, message):
    with pytest.raises(UsageError, match=message) as caught:
        create(place / "mine", "classifier", answers)
    assert caught.value.hint
    assert left(place) == []


def test_a_near_miss_is_suggested(place):
    with pytest.raises(UsageError) as caught:
        create(place / "mine", "classifer", {})
    assert "did you mean `classifier`?" in caught.value.hint


def test_answers_reach_the_files(place):
    create(place / "mine", "classifier", {"layers": "3", "name": "other"})
    text = (place / "mine" / "qml.toml").read_text()
    assert "layers = 3\n" in text
    assert 'name = "other"' in text


def test_only_open_questions_are_asked(place):
    asked = []

    def ask(question):
        asked.append(question.name)
        return "5" if question.name == "epochs" else ""

    create(place / "mine", "classifier", {"layers": "3"}, ask=ask)
    assert asked == ["description", "qubits", "epochs"]
    text = (place / "mine" / "qml.toml").read_text()
    assert "epochs = 5\n" in text
    assert "qubits = 8\n" in text


# copier leaves a directory iterator open when a file cannot be rendered
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_template_that_fails_leaves_nothing(place, tmp_path_factory, monkeypatch):
    package = tmp_path_factory.mktemp("package") / "qml"
    broken = package / "_templates" / "broken"
    (package / "_templates" / "_shared").mkdir(parents=True)
    broken.mkdir()
    (broken / "copier.yml").write_text("name:\n  type: str\n  help: Name\n  default: x\n")
    (broken / "a.txt").write_text("first")
    (broken / "b.txt.jinja").write_text("{{ 1 / 0 }}")
    monkeypatch.setattr("qml.__file__", str(package / "__init__.py"))
    with pytest.raises(ZeroDivisionError):
        create(place / "mine", "broken", {})
    assert left(place) == []


def test_a_template_s_own_file_wins_over_a_shared_one(place, tmp_path_factory, monkeypatch):
    package = tmp_path_factory.mktemp("package") / "qml"
    for name in ("_shared", "own"):
        (package / "_templates" / name).mkdir(parents=True)
        (package / "_templates" / name / "both.txt.jinja").write_text(f"{name} {{{{ name }}}}")
    (package / "_templates" / "_shared" / "shared.txt").write_text("shared")
    question = "name:\n  type: str\n  help: Name\n  default: x\n"
    question += "description:\n  type: str\n  help: What\n  default: y\n"
    (package / "_templates" / "own" / "copier.yml").write_text(question)
    monkeypatch.setattr("qml.__file__", str(package / "__init__.py"))
    create(place / "mine", "own", {})
    assert (place / "mine" / "both.txt").read_text() == "own mine"
    assert (place / "mine" / "shared.txt").read_text() == "shared"


def test_a_person_s_own_copier_settings_change_nothing(place, monkeypatch):
    settings = place / "settings.yml"
    settings.write_text("defaults: 49\n")  # copier itself would stop here
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))
    create(place / "mine", "classifier", {})
