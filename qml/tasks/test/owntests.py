"""The project's own tests, run by pytest in a process of their own, beside the checks."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

NAMES = ("test_*.py", "*_test.py")
NOTHING = 5
"""pytest's exit code where it collected nothing."""
TAIL = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test.

    Attributes:
        name: `file::test`, or pytest's class name and test.
        state: `passed`, `failed` or `skipped`.
        message: Why it failed or was skipped; empty where it passed.
        seconds: How long it took.
    """

    name: str
    state: str
    message: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTests:
    """What the project's own tests came to.

    Attributes:
        state: `passed`, `failed`, or `skipped` where there are none.
        why: One sentence.
        cases: Each test.
    """

    state: str
    why: str
    cases: tuple[Case, ...] = ()


def files_of_tests(root: Path) -> list[Path]:
    """Return the project's test files: beneath `tests`, and beside qml.toml."""
    found = [f for n in NAMES for f in (*(root / "tests").rglob(n), *root.glob(n))]
    return sorted(set(found))


class Running:
    """pytest at work.

    Args:
        root: Folder of the project.
        environ: Environment variables.
        report: File that pytest writes its JUnit report to.
        log: File for what it prints.
    """

    def __init__(self, root: Path, environ: Mapping[str, str], report: Path, log: Path) -> None:
        self._report, self._log = report, log
        self._output = log.open("w", encoding="utf-8")
        self._process = subprocess.Popen(  # noqa: S603 - the project's own code, in its own folder
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                f"--junitxml={report}",
                "-p",
                "no:cacheprovider",
            ],
            cwd=root,
            env={**os.environ, **environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def result(self) -> OwnTests:
        """Wait for the end, and read the report."""
        code = self._process.wait()
        self._output.close()
        if code == NOTHING:
            return OwnTests(state="skipped", why="pytest found no tests")
        if not self._report.exists():
            said = self._log.read_text(encoding="utf-8", errors="replace")[-TAIL:].strip()
            last = said.splitlines()[-1] if said else "no word"
            return OwnTests(state="failed", why=f"pytest ended with exit code {code}: {last}")
        cases = read_cases(self._report)
        failed = [c for c in cases if c.state == "failed"]
        why = f"{len(cases) - len(failed)} of {len(cases)} passed or were skipped"
        state = "failed" if failed or code else "passed"
        return OwnTests(state=state, why=why, cases=cases)

    def stop(self) -> None:
        """End it, where it still runs."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._output.close()


def read_cases(report: Path) -> tuple[Case, ...]:
    """Read the tests of a JUnit report that pytest wrote."""
    tree = ET.parse(report)  # noqa: S314 - pytest wrote it a moment ago
    return tuple(_case(node) for node in tree.iter("testcase"))


def _case(node: ET.Element) -> Case:
    state, message = "passed", ""
    for child in node:
        if child.tag in {"failure", "error"}:
            state, message = "failed", child.get("message") or (child.text or "").strip()
        elif child.tag == "skipped" and state != "failed":
            state, message = "skipped", child.get("message") or ""
    place, name = node.get("classname") or "", node.get("name") or ""
    return Case(
        name=f"{place}::{name}" if place else name,
        state=state,
        message=message[:TAIL],
        seconds=float(node.get("time") or 0.0),
    )
