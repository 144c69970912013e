"""What is opened, and what is refused before anything of it runs."""

import json
import os
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from qml.compression.subjects import open_subject
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, UsageError
from qml.language.sources.base import Settings


def settings(root: Path) -> Settings:
    return Settings(root=root, environ=os.environ, cache=root / "cache", threads=1)


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "model"))


@pytest.mark.parametrize("address", ["smollm2", "onnx:model.onnx", "gguf:", "", "hf"])
def test_addresses_that_name_nothing(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="names no model") as caught:
        open_subject(address, settings(tmp_path))
    assert "gguf:smollm2" in str(caught.value.hint)


def test_settings_of_other_models(folder: Path, tmp_path: Path) -> None:
    section = CompressSection.model_validate({"weights": "net.safetensors"})
    with pytest.raises(ConfigError, match="for torch: models, not for hf:model"):
        open_subject("hf:model", settings(tmp_path), section)


def test_a_folder_without_a_tokenizer(folder: Path, tmp_path: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).unlink()
    with pytest.raises(UsageError, match="has no tokenizer") as caught:
        open_subject("hf:model", settings(tmp_path))
    assert "tokenizer.save_pretrained" in str(caught.value.hint)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.pth", "model.ckpt"])
def test_a_folder_of_pickles(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / "model.safetensors").rename(folder / name)
    with pytest.raises(UsageError, match="a pickle, which can run any code") as caught:
        open_subject("hf:model", settings(tmp_path))
    assert "save_pretrained" in str(caught.value.hint)


def test_a_pickle_under_another_name(folder: Path, tmp_path: Path) -> None:
    torch.save({"a": torch.ones(2)}, folder / "model.safetensors")
    with pytest.raises(UsageError, match="is a pickle, which can run any code"):
        open_subject("hf:model", settings(tmp_path))


def test_weights_that_are_not_all_there(folder: Path, tmp_path: Path, capfd) -> None:
    weights = load_file(folder / "model.safetensors")
    del weights["model.layers.1.mlp.up_proj.weight"]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(UsageError, match=r"lacks 1 .* e.g. model\.layers\.1\.mlp\.up_proj\.weight"):
        open_subject("hf:model", settings(tmp_path))
    assert "MISSING" not in capfd.readouterr().err


def test_a_compressed_folder_is_no_source(tiny, tmp_path: Path) -> None:
    from qml.compression.candidate import Candidate
    from qml.compression.export import safetensors as exporter
    from qml.compression.formats import IntegerFormat

    form = IntegerFormat(4)
    parts = {unit.name: form.quantise(tiny.weight(unit).detach()) for unit in tiny.units}
    written = exporter.write(tiny, Candidate(parts), tmp_path / "out")
    with pytest.raises(UsageError, match="is compressed already") as caught:
        open_subject(f"hf:{written}", settings(tmp_path))
    assert "qml compress verify" in str(caught.value.hint)


CODE = """
from pathlib import Path
from transformers import LlamaConfig, LlamaForCausalLM
Path(r"{mark}").touch()
class OwnConfig(LlamaConfig):
    model_type = "own"
class OwnModel(LlamaForCausalLM):
    config_class = OwnConfig
"""


@pytest.fixture
def own_code(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with code of its own that leaves a mark when it runs."""
    mark = tmp_path / "it ran"
    (folder / "own.py").write_text(CODE.format(mark=mark))
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "model_type": "own",
        "architectures": ["OwnModel"],
        "auto_map": {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.OwnModel"},
    }
    (folder / "config.json").write_text(json.dumps(config))
    monkeypatch.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(tmp_path / "m"))
    return mark


def test_code_of_a_model_does_not_run(own_code: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs code of its own"):
        open_subject("hf:model", settings(tmp_path))
    assert not own_code.exists()


def test_code_of_a_model_runs_where_it_is_asked_for(own_code: Path, tmp_path: Path) -> None:
    section = CompressSection.model_validate({"trust_remote_code": True})
    subject = open_subject("hf:model", settings(tmp_path), section)
    assert own_code.exists()
    assert "trust_remote_code" in subject.notes[0]
    assert len(subject.units) == 14


def test_a_model_that_needs_no_code_runs_none(folder: Path, tmp_path: Path) -> None:
    section = CompressSection.model_validate({"trust_remote_code": True})
    subject = open_subject("hf:model", settings(tmp_path), section)
    assert not any("trust_remote_code" in note for note in subject.notes)


def test_files_that_are_no_gguf(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no .*missing\.gguf"):
        open_subject("gguf:missing.gguf", settings(tmp_path))
    with pytest.raises(UsageError, match="is a folder; gguf: takes a file"):
        open_subject("gguf:model", settings(tmp_path))
    with pytest.raises(UsageError, match="does not begin with GGUF"):
        open_subject("gguf:model/model.safetensors", settings(tmp_path))
    (tmp_path / "cut.gguf").write_bytes(b"GGUF\x03\x00")
    with pytest.raises(UsageError, match="cannot be loaded"):
        open_subject("gguf:cut.gguf", settings(tmp_path))


@pytest.fixture
def merging(folder: Path) -> Path:
    """The model with a merge in its tokenizer: the readers of GGUF want one."""
    path = folder / "tokenizer.json"
    found = json.loads(path.read_text())
    vocabulary = found["model"]["vocab"]
    vocabulary["ab"] = vocabulary.pop(max(vocabulary, key=vocabulary.get))
    found["model"]["merges"] = [["a", "b"]]
    path.write_text(json.dumps(found))
    return folder


@pytest.mark.usefixtures("merging")
def test_a_gguf_beside_other_files(tmp_path: Path) -> None:
    from qml.compression.candidate import Candidate
    from qml.compression.export import gguf as exporter
    from qml.compression.formats.ggml import GgmlFormat, block_type

    source = open_subject("hf:model", settings(tmp_path))
    form = GgmlFormat(block_type("Q8_0"))
    parts = {unit.name: form.quantise(source.weight(unit).detach()) for unit in source.units}
    written = exporter.write(source, Candidate(parts), tmp_path / "out")
    shutil.copyfile(written, tmp_path / "out" / "other.gguf")
    (tmp_path / "out" / "notes.txt").write_text("beside")
    subject = open_subject("gguf:out/model.gguf", settings(tmp_path))
    assert subject.folder == tmp_path / "out" / "model.gguf"
    for unit in subject.units:
        assert torch.equal(subject.weight(unit), parts[unit.name].dense())
    with pytest.raises(UsageError, match=r"no config\.json") as caught:
        open_subject("hf:out", settings(tmp_path))
    assert "2 GGUF files: name one of them" in str(caught.value.hint)
