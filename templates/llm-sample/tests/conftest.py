"""What the tests share: a copy of this project, and one choice among stored answers."""

import shutil
from pathlib import Path

import pytest
import qml

ROOT = Path(__file__).resolve().parent.parent
# Stored answers, and embeddings that need no model: what is tested is the choice.
OFFLINE = [
    'sample.llm.file="answers.jsonl"',
    "sample.llm.prompts=[]",
    'sample.llm.embedder="hashing"',
    "tracking.name=none",
]


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """This project, copied, so that tests leave no runs in it."""
    copy = tmp_path_factory.mktemp("tests") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "runs", "__pycache__"))
    return copy


@pytest.fixture(scope="session")
def outcome(project):
    """What is chosen from the stored answers."""
    return qml.sample(root=project, set=OFFLINE)
