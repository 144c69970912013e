"""A model as a folder of safetensors: size, contents, damage."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from compression.export.plain_reader import read as read_plainly

from qml.compression.candidate import Candidate, applied
from qml.compression.export import safetensors as exporter
from qml.compression.export.atomic import on_disk
from qml.compression.export.safetensors.reading import read
from qml.compression.export.untouched import settled
from qml.compression.formats import IntegerFormat
from qml.compression.formats.sparse import sparse
from qml.compression.judging import Judge, outputs
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, UsageError


def candidate_of(subject, untouched: str = "float16") -> Candidate:
    """Return a candidate with a unit of every width, a pruned one, and one as it was."""
    parts = {}
    for place, unit in enumerate(subject.units[:-1]):
        weight = subject.weight(unit).detach()
        parts[unit.name] = IntegerFormat(2 + place % 7).quantise(weight)
    weight = subject.weight(subject.units[0]).detach()
    parts[subject.units[0].name] = sparse(weight, weight > 0.1)
    return Candidate(parts, settled(subject, untouched))


@pytest.fixture
def written(tiny, tmp_path: Path):
    candidate = candidate_of(tiny)
    return candidate, exporter.write(tiny, candidate, tmp_path / "export")


@pytest.mark.parametrize("untouched", ["float16", "source", "int8"])
def test_the_size_is_known_before(tiny, tmp_path: Path, untouched: str) -> None:
    candidate = candidate_of(tiny, untouched)
    assert on_disk(exporter.write(tiny, candidate, tmp_path)) == exporter.predict(tiny, candidate)


def test_untouched_matrices_take_what_is_asked_for(tiny) -> None:
    sizes = {how: exporter.predict(tiny, candidate_of(tiny, how)) for how in ("int8", "float16")}
    embedding = tiny.module.model.embed_tokens.weight.numel()
    assert sizes["float16"] - sizes["int8"] == pytest.approx(embedding * (1 - 3 / 64), rel=0.03)


def test_a_file_gives_the_numbers_of_the_simulation(tiny, written) -> None:
    candidate, path = written
    examples = tiny_examples()
    judge = Judge(tiny, examples)
    expected, found = judge.judge(candidate), exporter.judge(path, tiny, examples)
    np.testing.assert_array_equal(found.kl, expected.kl)
    np.testing.assert_array_equal(found.nll, expected.nll)
    assert found.kl.mean() > 0


def test_every_parameter_comes_from_the_file(tiny, written, tiny_folder: Path, tmp_path) -> None:
    candidate, path = written
    with applied(tiny, candidate):
        expected = {name: p.detach().clone() for name, p in tiny.module.named_parameters()}
    with torch.no_grad():
        for parameter in tiny.module.parameters():
            parameter.zero_()
    with applied(tiny, exporter.candidate_of(path, tiny)):
        for name, parameter in tiny.module.named_parameters():
            assert torch.equal(parameter, expected[name]), name


def test_thirty_lines_of_numpy_read_it(tiny, written) -> None:
    candidate, path = written
    weights, tensors = read_plainly(path / "model.safetensors")
    for unit in tiny.units[1:-1]:
        np.testing.assert_array_equal(weights[unit.name], candidate.parts[unit.name].dense())
    norm = tiny.module.model.norm.weight.detach().numpy()
    np.testing.assert_array_equal(tensors["model.norm.weight"], norm)


def test_the_folder_alone_is_the_model(tiny, written, tmp_path: Path) -> None:
    candidate, path = written
    opened = exporter.load(path)
    with applied(tiny, candidate), torch.inference_mode():
        expected = list(outputs(tiny, tiny_examples()))
    for found, logits in zip(opened.logits(tiny_examples()), expected, strict=True):
        assert torch.equal(found, logits)
    (tmp_path / "text.txt").write_text("some text that is cut into chunks")
    assert (
        len(opened.read([tmp_path / "text.txt"], what="evaluate", length=8, most=None).inputs) == 4
    )
    assert opened.speed(threads=1) > 0
    assert opened.answer("hi", tokens=2) is None  # the tiny model has no chat template
    assert (opened.bytes, opened.formats["sparse16"]) == (on_disk(path), 1)
    opened.close()


def test_a_folder_alone_needs_its_configuration(written) -> None:
    _, path = written
    (path / "config.json").unlink()
    with pytest.raises(UsageError, match="a model of your own code has none"):
        exporter.load(path)


def test_a_folder_alone_runs_no_code(written) -> None:
    _, path = written
    config = json.loads((path / "config.json").read_text())
    config["auto_map"] = {"AutoModelForCausalLM": "own.Model"}
    (path / "config.json").write_text(json.dumps(config))
    with pytest.raises(UsageError, match="needs code of its own"):
        exporter.load(path)


def test_configuration_and_tokenizer_lie_beside_it(written) -> None:
    _, path = written
    from transformers import AutoConfig, AutoTokenizer

    assert AutoConfig.from_pretrained(path).num_hidden_layers == 2
    assert AutoTokenizer.from_pretrained(path).decode([5]) != ""


def test_a_tied_head_is_stored_once(tiny, written) -> None:
    _, path = written
    names = {*read(path).parts, *read(path).others}
    assert "model.embed_tokens.weight" in names
    assert "lm_head.weight" not in names
    assert any("tied" in note for note in tiny.notes)


def test_room_is_never_too_large(tiny) -> None:
    candidate = Candidate({u.name: IntegerFormat(4).quantise(w(tiny, u)) for u in tiny.units})
    size = exporter.predict(tiny, candidate)
    taken = sum(exporter.stored(IntegerFormat(4), u.rows, u.columns) for u in tiny.units)
    assert 0 <= taken - exporter.room(tiny, size) < 8 * 200


def test_a_full_disk_leaves_nothing(tiny, tmp_path: Path, file_limit) -> None:
    folder = tmp_path / "export"
    candidate = candidate_of(tiny)
    tiny.files  # noqa: B018 - else the limit is met where they are made
    file_limit(20_000)
    with pytest.raises(UsageError, match="nothing of it was kept"):
        exporter.write(tiny, candidate, folder)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("place", [4, 900, 60_000])
def test_cut_short(tiny, written, place: int) -> None:
    _, path = written
    file = path / "model.safetensors"
    file.write_bytes(file.read_bytes()[:place])
    with pytest.raises(UsageError, match="damaged"):
        exporter.candidate_of(path, tiny)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"qml.compressed/1", b"qml.compressed/9", "reads qml.compressed/1"),
        (b"qml.compressed/1", b"somebody.elses/1", "not written by"),
        (b'\\"width\\":4', b'\\"width\\":7', "damaged"),
        (b'\\"kind\\":\\"integer', b'\\"kind\\":\\"Integer', "damaged"),
        (b"input_layernorm", b"input_layernarm", "does not hold"),
    ],
)
def test_another_header(tiny, written, old: bytes, new: bytes, says: str) -> None:
    _, path = written
    file = path / "model.safetensors"
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new, 1))
    with pytest.raises(UsageError, match=says):
        exporter.candidate_of(path, tiny)


def test_a_missing_file(tiny, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no"):
        exporter.candidate_of(tmp_path / "model", tiny)


def test_a_file_of_another_model(tiny, written, tmp_path: Path) -> None:
    _, path = written
    header = json.loads((path / "config.json").read_text())
    assert header["num_hidden_layers"] == 2
    smaller = type("Smaller", (), {"units": tiny.units[:3], "module": tiny.module, "name": "x"})()
    with pytest.raises(UsageError, match="does not hold"):
        exporter.candidate_of(path, smaller)


@pytest.mark.parametrize("widths", [[1, 4], [4, 9], [4, 4]])
def test_widths_that_no_code_has(widths: list[int]) -> None:
    section = CompressSection.model_validate({"bits": {"widths": widths}})
    with pytest.raises(ConfigError, match="2 to 8 bits"):
        exporter.check(section)


def tiny_examples():
    from qml.compression.subjects.corpora import examples_of

    return examples_of(torch.arange(128).view(4, 32))


def w(subject, unit):
    return subject.weight(unit).detach()
