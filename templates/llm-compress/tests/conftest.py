"""What the tests share: a copy of this project with its texts, and a tiny random model in it."""

import shutil
from pathlib import Path

import pytest
import qml

ROOT = Path(__file__).resolve().parent.parent
# A model of 60,000 weights and few tokens: what is tested is that everything fits together.
SMALL = [
    'compress.model="hf:tiny"',
    "compress.length=64",
    "compress.evaluate_tokens=512",
    "compress.bits.tokens=64",
    "backend.threads=1",
    "tracking.name=none",
]


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """This project, copied, so that tests leave nothing in it."""
    copy = tmp_path_factory.mktemp("tests") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "runs", "__pycache__"))
    from text import apart

    for name, text in zip(("calibrate.txt", "evaluate.txt"), apart(), strict=True):
        (copy / name).write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def outcome(project):
    """What is chosen for a tiny random model."""
    from tiny import write_tiny

    write_tiny(project / "tiny")
    return qml.compress(root=project, set=SMALL)
