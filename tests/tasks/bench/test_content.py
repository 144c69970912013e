"""What decides a cell's outcome: settings that matter, files, code; nothing else."""

import pytest

from qml.config import load
from qml.tasks.bench.content import content_of
from qml.tasks.bench.modules import module_files

CODE = "from helper import rows\nimport shapes.round\nimport numpy\ndef load(): ...\n"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "qml.toml").write_text("")
    (tmp_path / "points.csv").write_text("a,b\n1,2\n")
    (tmp_path / "mine.py").write_text(CODE)
    (tmp_path / "helper.py").write_text("from unused_elsewhere import x\n")
    (tmp_path / "other.py").write_text("")
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "__init__.py").write_text("from .flat import y\n")
    (tmp_path / "shapes" / "round.py").write_text("")
    (tmp_path / "shapes" / "flat.py").write_text("import helper\n")
    return tmp_path


def digest(root, *pairs, verb="train", timed=False):
    config = load(root, environ={}, pairs=pairs).config
    return content_of(verb, config, root, timed=timed).digest


@pytest.mark.parametrize(
    ("pair", "verb", "decides"),
    [
        ("model.layers=7", "train", True),
        ("train.seed=3", "train", True),
        ("backend.threads=1", "train", False),
        ("budget.month=5", "train", False),
        ("tracking.name='none'", "train", False),
        ("bench.parallel=4", "train", False),
        ("rival.name='svc'", "train", False),
        ("rival.name='svc'", "rival", True),
        ("train.seed=3", "rival", True),
        ("model.layers=7", "rival", False),
        ("backend.name='aer'", "rival", False),
        ("model.layers=7", "measure", True),
        ("mitigation.method='zne'", "train", True),
    ],
)
def test_settings_decide_where_the_command_looks_at_them(root, pair, verb, decides):
    assert (digest(root, verb=verb) != digest(root, pair, verb=verb)) is decides


def test_the_content_of_a_file_decides_and_not_its_date(root):
    pair = "data.path='points.csv'"
    before = digest(root, pair)
    (root / "points.csv").touch()
    assert digest(root, pair) == before
    (root / "points.csv").write_text("a,b\n1,3\n")
    assert digest(root, pair) != before


def test_code_of_the_users_own_decides_with_all_that_it_imports(root):
    pair = "data.entry='mine:load'"
    before = digest(root, pair)
    (root / "other.py").write_text("z = 1\n")
    assert digest(root, pair) == before, "nobody imports it"
    (root / "shapes" / "flat.py").write_text("import helper\ny = 2\n")
    assert digest(root, pair) != before


def test_modules_of_the_project_are_followed(root):
    found = {str(path.relative_to(root)) for path in module_files("mine", root)}
    inside = {"mine.py", "helper.py", "shapes/__init__.py", "shapes/round.py", "shapes/flat.py"}
    assert found == inside
    assert module_files("numpy", root) == []


def test_code_that_cannot_be_read_is_a_file_all_the_same(root):
    (root / "mine.py").write_text("def load(:\n")
    assert module_files("mine", root) == [root / "mine.py"]


def test_the_machine_decides_times_only(root, monkeypatch):
    names = [digest(root), digest(root, timed=True)]
    monkeypatch.setattr("qml.tasks.bench.content.cpu_count", lambda: 99)
    assert digest(root) == names[0]
    assert digest(root, timed=True) != names[1]


def test_only_files_that_are_read_decide(root):
    pairs = ["backend.options={account='points.csv'}", "sample.qubo.output='points.csv'"]
    before = [digest(root, pair, verb="sample") for pair in pairs]
    (root / "points.csv").write_text("a,b\n1,3\n")
    assert [digest(root, pair, verb="sample") for pair in pairs] == before
