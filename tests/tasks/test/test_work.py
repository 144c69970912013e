"""The command: states become exit codes, documents keep to the schema, JUnit says the same."""

from io import StringIO
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from qml.config import Config
from qml.errors import MissingExtraError, PlanError
from qml.report.tables.test import test_table as table
from qml.tasks.test.checks.base import Checked, held, worst
from qml.tasks.test.junit import write_junit
from qml.tasks.test.outcome import row
from qml.tasks.test.owntests import Case, OwnTests
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.work import checked, summed_up

NONE = OwnTests(state="skipped", why="the project has no tests of its own")


def raising(error):
    def check(subject):
        raise error

    return SimpleNamespace(check=check)


def outcome_of(*states, strict=False, own=NONE):
    config = Config.model_validate({"test": {"strict": strict}})
    reading = held("a number", 2.0, 1.0, beyond="warned", unit="bits")
    rows = tuple(
        row(
            f"check {i}",
            "?",
            Checked(state=s, why="found <&>", advice="do", readings=(reading,)),
            1,
        )
        for i, s in enumerate(states)
    )
    return summed_up(rows, own, config, None)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SkippedError("no"), "skipped"),
        (MissingExtraError("mqt.qcec", extra="verify"), "skipped"),
        (PlanError("no"), "failed"),
    ],
)
def test_what_cannot_be_said_is_skipped_and_what_breaks_fails(error, state):
    assert checked(raising(error), None).state == state


def test_warnings_fail_where_it_is_strict():
    assert not outcome_of("passed", "warned", "skipped").failed
    assert outcome_of("passed", "warned", strict=True).failed
    assert outcome_of("passed", "failed").failed


def test_own_tests_fail_the_whole():
    broken = OwnTests(state="failed", why="pytest ended with exit code 4")
    assert outcome_of("passed", own=broken).failed


def test_a_document_keeps_to_its_schema(check):
    case = Case(name="tests.test_a::test_one", state="failed", message="assert", seconds=0.1)
    own = OwnTests(state="failed", why="0 of 1 passed or were skipped", cases=(case,))
    document = check(outcome_of("passed", "warned", "failed", "skipped", own=own).document())
    assert document["metrics"]["own_failed"] == 1
    assert document["run_id"] is None


def test_junit_says_the_same(tmp_path):
    case = Case(name="tests.test_a::test_one", state="failed", message="a\x1bb", seconds=0.1)
    own = OwnTests(state="failed", why="", cases=(case,))
    found = outcome_of("passed", "warned", "failed", "skipped", own=own)
    write_junit(found.document(), tmp_path / "deep" / "report.xml")
    checks, tests = ET.parse(tmp_path / "deep" / "report.xml").getroot()
    assert (checks.get("tests"), checks.get("failures"), checks.get("skipped")) == ("4", "1", "1")
    assert tests[0].get("classname") == "tests.test_a"
    assert tests[0][0].get("message") == "ab"


def test_junit_of_a_suite_that_did_not_start(tmp_path):
    own = OwnTests(state="failed", why="pytest ended with exit code 4")
    write_junit(outcome_of("warned", strict=True, own=own).document(), tmp_path / "report.xml")
    checks, tests = ET.parse(tmp_path / "report.xml").getroot()
    assert checks.get("failures") == tests.get("failures") == "1"


def test_the_table_holds_numbers_and_advice():
    console = Console(width=100, file=StringIO())
    console.print(table(outcome_of("warned").document()))
    text = console.file.getvalue()
    assert "a number: 2 bits, should be <= 1" in text
    assert "-> do" in text
    assert "1e-06" in text


def test_no_number_is_beyond_any_threshold():
    assert held("x", float("nan"), 1.0).state == "failed"
    assert worst(["passed", "skipped", "warned"]) == "warned"
    assert worst([]) == "passed"
