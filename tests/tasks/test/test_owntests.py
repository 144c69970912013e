"""The project's own tests: what pytest reports is read, and what breaks is told."""

from pathlib import Path

import pytest

from qml.tasks.test.owntests import Running, files_of_tests

PASSING = "def test_right():\n    assert True\n"
FAILING = "import pytest\n\ndef test_wrong():\n    assert 1 == 2\n"
SKIPPING = "\n@pytest.mark.skip(reason='later')\ndef test_later():\n    pass\n"


def run(root: Path):
    running = Running(root, {}, root / "report.xml", root / "log")
    try:
        return running.result()
    finally:
        running.stop()


@pytest.mark.long
def test_states_and_messages(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text(PASSING)
    (tmp_path / "test_two.py").write_text(FAILING + SKIPPING)
    found = run(tmp_path)
    assert found.state == "failed"
    assert {c.name.rpartition("::")[2]: c.state for c in found.cases} == {
        "test_right": "passed",
        "test_wrong": "failed",
        "test_later": "skipped",
    }
    assert any("assert 1 == 2" in c.message for c in found.cases)


@pytest.mark.long
def test_a_project_that_cannot_be_collected_fails(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "test_one.py").write_text(PASSING)
    found = run(tmp_path)
    assert found.state == "failed"
    assert "exit code" in found.why


def files_of_tests_are_found_where_pytest_looks(tmp_path):
    assert files_of_tests(tmp_path) == []
    (tmp_path / "tests" / "deep").mkdir(parents=True)
    for name in ("tests/deep/test_a.py", "b_test.py", "model.py"):
        (tmp_path / name).write_text("")
    assert [f.name for f in files_of_tests(tmp_path)] == ["b_test.py", "test_a.py"]
