"""Models of the user's own: digits in seconds, and what is refused."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from qml.compression.candidate import Candidate
from qml.compression.export import safetensors as exporter
from qml.compression.export.atomic import on_disk
from qml.compression.formats import IntegerFormat
from qml.compression.judging import Judge
from qml.compression.subjects import open_subject
from qml.compression.subjects.reading import read_examples
from qml.config import Config
from qml.errors import DataError, PluginError, UsageError
from qml.language.sources.base import Settings
from qml.ports import Silence
from qml.seeds import Seeds

CODE = """
import torch
from torch import nn

def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding="same"), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(64, 10),
    )
cnn.shape = (1, 8, 8)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(64, 32), nn.Linear(32, 10)
    def forward(self, rows):
        return self.second(self.first(rows).relu())

def mlp(): return Net()
def tied():
    first, second = nn.Linear(64, 64), nn.Linear(64, 64)
    second.weight = first.weight
    return nn.Sequential(first, nn.ReLU(), second, nn.Linear(64, 10))
def circular(): return nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1, padding_mode="circular"), nn.Flatten(), nn.Linear(256, 10))
def half(): return nn.Sequential(nn.Linear(64, 5))
def empty(): return nn.Sequential(nn.ReLU())
def fails(): raise RuntimeError("no weights here")
def wrong(): return 3
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / f"net_{tmp_path.name}.py").write_text(CODE)
    return tmp_path


def opened(root: Path, function: str, **keys):
    model = f"torch:net_{root.name}.py:{function}"
    document = {"compress": {"model": model, **keys}, "data": {"name": "digits"}}
    config = Config.model_validate(document)
    settings = Settings(root=root, environ=os.environ, threads=1)
    return open_subject(model, settings, config.compress), config


def rows_of(subject, config, root: Path):
    return read_examples(
        subject, config, root=root, environ=os.environ, seeds=Seeds(0), progress=Silence()
    )


def trained(subject, examples) -> None:
    torch.manual_seed(0)
    optimiser = torch.optim.Adam(subject.module.parameters(), lr=1e-2)
    subject.module.train()
    for _ in range(4):
        for place in torch.randperm(len(examples.inputs)).split(128):
            loss = torch.nn.functional.cross_entropy(
                subject.module(examples.inputs[place]), examples.targets[place]
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    subject.module.eval()


def quantised(subject, width: int) -> Candidate:
    return Candidate(
        {
            unit.name: IntegerFormat(width, 16).quantise(
                subject.weight(unit).detach().reshape(unit.rows, unit.columns)
            )
            for unit in subject.units
        }
    )


@pytest.mark.parametrize(("function", "stages", "units"), [("cnn", 9, 3), ("mlp", 1, 2)])
def test_digits(root: Path, function: str, stages: int, units: int) -> None:
    subject, config = opened(root, function)
    assert (subject.stages, len(subject.units)) == (stages, units)
    parts = rows_of(subject, config, root)
    trained(subject, parts.calibration)
    judge = Judge(subject, parts.held_out)
    assert judge.teacher().right.mean() > 0.9
    narrow, wide = judge.judge(quantised(subject, 2)), judge.judge(quantised(subject, 8))
    assert wide.right.mean() > 0.9
    assert wide.kl.mean() < narrow.kl.mean()
    assert set(parts.digests) == {"data", "train", "validation", "test"}
    path = exporter.write(subject, quantised(subject, 3), root / "out")
    assert on_disk(path) == exporter.predict(subject, quantised(subject, 3))
    found = exporter.judge(path, subject, parts.held_out)
    np.testing.assert_array_equal(found.kl, judge.judge(quantised(subject, 3)).kl)


def test_convolutions_are_matrices(root: Path) -> None:
    subject, _ = opened(root, "cnn")
    assert [(u.rows, u.columns, u.kind) for u in subject.units] == [
        (8, 9, "conv2d"),
        (16, 72, "conv2d"),
        (10, 64, "linear"),
    ]
    assert subject.module[0].padding == (1, 1)  # of the word `same`


def test_the_stages_are_the_model(root: Path) -> None:
    subject, config = opened(root, "cnn")
    state = examples = rows_of(subject, config, root).held_out.inputs[:5]
    with torch.inference_mode():
        for stage in range(subject.stages):
            state = subject.run(stage, state)
        assert torch.equal(subject.logits(state), subject.module(examples))


def test_a_tied_matrix_is_one_unit(root: Path) -> None:
    subject, _ = opened(root, "tied")
    assert [unit.name for unit in subject.units] == ["0", "3"]
    assert subject.notes[0] == "0 and 2 are one tensor (tied): it is stored once"
    weight = subject.weight(subject.units[0])
    assert exporter.predict(subject, quantised(subject, 4)) < 4 * weight.numel()


def test_what_is_no_matrix_of_rows_is_kept(root: Path) -> None:
    subject, _ = opened(root, "circular", shape=[1, 8, 8])
    assert [unit.name for unit in subject.units] == ["2"]
    assert subject.notes == ("0 kept as they are: tied, or padded with other than zeros",)


def test_the_same_seed_builds_the_same_model(root: Path) -> None:
    first, second, other = (opened(root, "mlp", seed=s)[0].describe() for s in (0, 0, 1))
    assert first["sha256"] == second["sha256"] != other["sha256"]


def test_weights_beside_the_code(root: Path) -> None:
    built, _ = opened(root, "mlp", seed=5)
    state = {name.removeprefix("0."): v for name, v in built.module.state_dict().items()}
    save_file(state, root / "net.safetensors")
    assert (
        opened(root, "mlp", weights="net.safetensors")[0].describe()["sha256"]
        == (built.describe()["sha256"])
    )
    save_file({"first.weight": torch.ones(2, 2)}, root / "other.safetensors")
    with pytest.raises(UsageError, match=r"does not fit the model: Missing key.*first\.bias"):
        opened(root, "mlp", weights="other.safetensors")
    (root / "cut.safetensors").write_bytes((root / "net.safetensors").read_bytes()[:90])
    with pytest.raises(UsageError, match="damaged"):
        opened(root, "mlp", weights="cut.safetensors")
    with pytest.raises(UsageError, match=r"there is no .*none\.safetensors"):
        opened(root, "mlp", weights="none.safetensors")


@pytest.mark.parametrize("name", ["net.pt", "net.pth", "net.bin", "net.safetensors"])
@pytest.mark.parametrize("zipped", [True, False])
def test_pickles_are_refused(root: Path, name: str, *, zipped: bool) -> None:
    torch.save({"a": torch.ones(2)}, root / name, _use_new_zipfile_serialization=zipped)
    with pytest.raises(UsageError, match="is a pickle") as caught:
        opened(root, "mlp", weights=name)
    assert "save_model" in str(caught.value.hint)


def test_a_header_that_begins_as_a_pickle_does(root: Path) -> None:
    built, _ = opened(root, "mlp")
    state = {name.removeprefix("0."): v for name, v in built.module.state_dict().items()}
    for filling in range(0, 1000, 8):
        save_file(state, root / "net.safetensors", metadata={"filling": "x" * filling})
        if (root / "net.safetensors").read_bytes().startswith(b"\x80"):
            break
    else:
        pytest.fail("no header of such a length")
    opened(root, "mlp", weights="net.safetensors")


@pytest.mark.parametrize(
    ("function", "error", "says"),
    [
        ("empty", UsageError, "no matrix that"),
        ("fails", PluginError, "no weights here"),
        ("wrong", UsageError, "returned a int"),
        ("absent", PluginError, "has no `absent`"),
    ],
)
def test_functions_that_build_no_model(root: Path, function: str, error, says: str) -> None:
    with pytest.raises(error, match=says):
        opened(root, function)


@pytest.mark.parametrize("target", ["net.py", "net.txt:mlp", "net.py:a b", "absent.py:mlp"])
def test_addresses_that_name_no_function(root: Path, target: str) -> None:
    settings = Settings(root=root, environ=os.environ, threads=1)
    with pytest.raises(UsageError, match=r"names no function|there is no"):
        open_subject(f"torch:{target}", settings)


@pytest.mark.parametrize(
    ("function", "keys", "says"),
    [
        ("half", {}, "must with logits of 10"),
        ("cnn", {"shape": [1, 4, 4]}, "64 numbers are no inputs of shape"),
        ("cnn", {"shape": [4, 4, 4]}, "does not take inputs of shape"),
    ],
)
def test_rows_that_do_not_fit(root: Path, function: str, keys: dict, says: str) -> None:
    subject, config = opened(root, function, **keys)
    with pytest.raises(UsageError, match=says):
        rows_of(subject, config, root)


def test_texts_are_refused(root: Path) -> None:
    subject, _ = opened(root, "mlp")
    with pytest.raises(DataError, match="is no language model"):
        subject.read([root / "a.txt"], what="calibrate", length=8, most=None)
