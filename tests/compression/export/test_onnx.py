"""Whole models through torch's exporter and ONNX Runtime."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from compression.tiny import write_tiny

from qml.compression.candidate import Candidate
from qml.compression.export import onnx as exporter
from qml.compression.export.atomic import on_disk
from qml.compression.export.onnx.running import checked
from qml.compression.export.untouched import settled
from qml.compression.formats import IntegerFormat
from qml.compression.judging import Judge
from qml.compression.subjects import open_subject
from qml.compression.subjects.base import Examples
from qml.compression.subjects.corpora import examples_of
from qml.errors import UsageError
from qml.language.sources.base import Settings

pytest.importorskip("onnxscript")
pytest.importorskip("onnxruntime")

CODE = """
from torch import nn
def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding="same"), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten(),
        nn.Linear(64, 32), nn.GELU(), nn.Linear(32, 10),
    )
cnn.shape = (1, 8, 8)
def mlp(): return nn.Sequential(nn.Linear(12, 8), nn.ReLU(), nn.Linear(8, 3))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("onnx")
    (root / "nets_for_onnx.py").write_text(CODE)
    write_tiny(root / "tiny")
    return root


def opened(folder: Path, address: str):
    return open_subject(address, Settings(root=folder, environ=os.environ, threads=1))


def candidate_of(subject) -> Candidate:
    parts = {}
    for place, unit in enumerate(subject.units):
        weight = subject.weight(unit).detach().reshape(unit.rows, unit.columns)
        parts[unit.name] = IntegerFormat((2, 4, 8)[place % 3], 16).quantise(weight)
    return Candidate(parts, settled(subject, "float16"))


def rows(count: int, *shape: int) -> Examples:
    inputs = torch.randn(count, *shape, generator=torch.Generator().manual_seed(0))
    return Examples(inputs, torch.arange(count) % 3, torch.arange(count))


@pytest.fixture(scope="module")
def mlp(folder: Path):
    subject = opened(folder, "torch:nets_for_onnx.py:mlp")
    candidate = candidate_of(subject)
    return subject, candidate, exporter.write(subject, candidate, folder / "mlp")


@pytest.mark.long
@pytest.mark.parametrize(
    ("address", "examples"),
    [
        ("torch:nets_for_onnx.py:cnn", rows(300, 1, 8, 8)),
        ("hf:tiny", examples_of(torch.arange(128).view(4, 32))),
    ],
)
def test_a_file_answers_as_the_simulation(folder: Path, tmp_path, address, examples) -> None:
    subject = opened(folder, address)
    candidate = candidate_of(subject)
    path = exporter.write(subject, candidate, tmp_path)
    assert on_disk(path) == exporter.predict(subject, candidate)
    simulated = Judge(subject, examples).judge(candidate)
    found = exporter.judge(path, subject, examples)
    np.testing.assert_allclose(found.nll, simulated.nll, atol=1e-4)
    np.testing.assert_allclose(found.kl, simulated.kl, atol=1e-4)
    assert simulated.kl.mean() > 1e-5
    assert exporter.speed(path, subject, examples) > 0


@pytest.mark.long
def test_a_small_one(mlp) -> None:
    subject, candidate, path = mlp
    examples = rows(600, 12)
    simulated = Judge(subject, examples).judge(candidate)
    np.testing.assert_allclose(
        exporter.judge(path, subject, examples).nll, simulated.nll, atol=1e-5
    )
    assert on_disk(path) == exporter.predict(subject, candidate)


@pytest.mark.long
def test_room_is_never_too_large(mlp) -> None:
    subject, *_ = mlp
    forms = {u.name: IntegerFormat(4, 16) for u in subject.units}
    parts = {
        u.name: forms[u.name].quantise(subject.weight(u).detach().reshape(u.rows, u.columns))
        for u in subject.units
    }
    taken = sum(exporter.stored(forms[u.name], u.rows, u.columns) for u in subject.units)
    room = exporter.room(subject, exporter.predict(subject, Candidate(parts)))
    assert 0 <= taken - room < 8 * 100


@pytest.mark.long
def test_damage(mlp, tmp_path: Path) -> None:
    _, _, path = mlp
    data = path.read_bytes()
    for content, says in (
        (data[: len(data) // 2], "damaged"),
        (b"", "damaged|not written by"),
        (data.replace(b"qml.compressed-onnx/1", b"qml.compressed-onnx/7"), "not written by"),
    ):
        (tmp_path / "model.onnx").write_bytes(content)
        with pytest.raises(UsageError, match=says):
            checked(tmp_path / "model.onnx")
    with pytest.raises(UsageError, match="there is no"):
        checked(tmp_path / "none.onnx")


@pytest.mark.long
def test_a_full_disk_leaves_nothing(mlp, tmp_path: Path, file_limit) -> None:
    subject, candidate, _ = mlp
    file_limit(500)
    with pytest.raises(UsageError, match="nothing of it was kept"):
        exporter.write(subject, candidate, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())
