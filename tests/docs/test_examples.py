"""Every `console` and `python` block of the documentation runs, in the order of its page."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import Project, fork_server, make_project

from qml.emulators.ionq import serve
from qml.scaffold import create

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PAGES = sorted((ROOT / "docs").rglob("*.md"))
EMULATOR = "<!-- emulator -->"
"""First line of a page whose examples run on a paid machine."""
SERVES = "$ qml emulate"
"""Runs until it is stopped: tests of its own start it."""
WITH_EXAMPLES = [page for page in PAGES if BLOCK.search(page.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Project:
    """A project with two runs, `first` and `second`; pages leave it usable for the next."""
    project = make_project(tmp_path_factory.mktemp("docs"), compiled)
    project.train("--name", "first")
    project.train("--name", "second", "--set", "train.epochs=2")
    return project


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Iterator[Project]:
    """A project of the template `hardware-ci` with a run `first`, and the machine it ran on."""
    made = create(tmp_path_factory.mktemp("docs") / "hardware", "hardware-ci", {})
    environ = make_project(tmp_path_factory.mktemp("unused"), compiled).environ
    with serve(seed=1) as emulator:
        access = {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "any"}
        project = Project(made.folder, {**environ, **access, "QML_TRACKING__NAME": "none"})
        project.train("--name", "first", "--max-cost", "500", "--set", "train.steps=1")
        yield project


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_run(page: Path, request: pytest.FixtureRequest):
    paid = page.read_text(encoding="utf-8").startswith(EMULATOR)
    trained: Project = request.getfixturevalue("bought" if paid else "trained")
    for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "python":
            run(trained, ["python", "-c", block])
            continue
        for line in block.splitlines():
            if line.startswith("$ qml ") and not line.startswith(SERVES):
                run(trained, shlex.split(line)[1:])


def run(project: Project, command: list[str]) -> None:
    code, out, err = fork_server().run(command, cwd=project.root, env=project.environ)
    assert code == 0, f"{command}\n{out}\n{err}"


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "README.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_lead_somewhere(page: Path):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page}: {target}"
