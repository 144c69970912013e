"""A project with the tiny model, and commands in forks that have torch imported already."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from compression.tiny import TEXT, write_tiny
from support import Finished, Project, make_project, torch_fork_server

TOML = """
[project]
name = "small"
[tracking]
name = "none"
[backend]
threads = 1
[compress]
model = "hf:model"
calibrate = ["calibrate.txt"]
evaluate = ["evaluate.txt"]
length = 32
evaluate_tokens = 256
speed = false
[compress.bits]
tokens = 64
rivals = ["uniform", "random", "greedy"]
"""


@dataclass
class Compressing(Project):
    """A project whose commands load models."""

    def qml(self, *args: str, code: int = 0, **environ: str) -> Finished:
        env = {**self.environ, **environ}
        found, out, err = torch_fork_server().run(["qml", *args], cwd=self.root, env=env)
        assert found == code, f"exit {found}\n{out}\n{err}"
        return Finished(found, out, err)

    def compress(self, *args: str, code: int = 0) -> dict:
        return self.qml("compress", "--json", "--quiet", *args, code=code).document


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Compressing:
    """One project for the tests of a module; its cache of measurements is its own."""
    root = tmp_path_factory.mktemp("small")
    project = make_project(root, compiled)
    (root / "qml.toml").write_text(TOML)
    write_tiny(root / "model")
    lines = TEXT.splitlines()
    (root / "calibrate.txt").write_text("\n".join(lines[:200]))
    (root / "evaluate.txt").write_text("\n".join(lines[200:]))
    return Compressing(root, {**project.environ, "OMP_NUM_THREADS": "1", "HOME": str(root)})
