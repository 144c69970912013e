"""GGUF files against what reads them: the package gguf, transformers and llama.cpp."""

import os
import resource
import shutil
from pathlib import Path
from types import SimpleNamespace

import gguf
import numpy as np
import pytest
import torch
from compression.tiny import TEXT

from qml.compression.candidate import Candidate
from qml.compression.export import gguf as exporter
from qml.compression.formats import IntegerFormat
from qml.compression.formats.ggml import GgmlFormat, block_type
from qml.compression.judging import Judge
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, PlanError, UsageError


def form(name: str) -> GgmlFormat:
    return GgmlFormat(block_type(name))


def stored(subject, *names: str) -> Candidate:
    """All units, in turn in formats of these names."""
    kinds = [form(names[i % len(names)]) for i in range(len(subject.units))]
    pairs = zip(subject.units, kinds, strict=True)
    return Candidate({u.name: kind.quantise(subject.weight(u)) for u, kind in pairs})


@pytest.fixture
def mixed(tiny, tmp_path: Path) -> tuple[Candidate, Path]:
    candidate = stored(tiny, "Q4_0", "Q8_0", "IQ4_NL", "Q5_1")
    embedding = form("Q5_0").quantise(tiny.module.get_parameter("model.embed_tokens.weight"))
    candidate = Candidate(candidate.parts, {"model.embed_tokens.weight": embedding})
    return candidate, exporter.write(tiny, candidate, tmp_path / "out")


@pytest.fixture
def examples(tiny, tmp_path: Path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return tiny.read([path], what="evaluate", length=48, most=480)


def test_the_size_is_predicted_to_the_byte(tiny, mixed):
    candidate, path = mixed
    assert path.stat().st_size == exporter.predict(tiny, candidate)


def test_the_file_holds_what_was_chosen(mixed):
    _, path = mixed
    reader = gguf.GGUFReader(path)
    kinds = {tensor.name: tensor.tensor_type.name for tensor in reader.tensors}
    assert kinds["token_embd.weight"] == "Q5_0"
    assert kinds["blk.0.attn_norm.weight"] == "F32"
    assert {kinds[f"blk.0.{n}.weight"] for n in ("attn_q", "attn_k", "attn_v", "attn_output")} == {
        "Q4_0",
        "Q8_0",
        "IQ4_NL",
        "Q5_1",
    }
    assert "output.weight" not in kinds  # tied
    assert reader.fields["general.quantization_version"].contents() == 2
    assert reader.fields["general.file_type"].contents() in {2, 7, 9, 25}


def test_transformers_reads_the_weights_where_they_were(tiny, tmp_path):
    """Names, and the order of rows of queries and keys, by another's reader."""
    from transformers import AutoModelForCausalLM, GgufConfig

    path = exporter.write(tiny, Candidate({}), tmp_path)
    other = AutoModelForCausalLM.from_pretrained(
        tmp_path, gguf_file=path.name, quantization_config=GgufConfig(dequantize=True)
    )
    for name, values in tiny.module.named_parameters():
        expected = values if values.ndim == 1 else values.half()
        assert torch.equal(other.get_parameter(name).float(), expected.float()), name


def test_the_perplexity_of_the_file_is_that_of_its_simulation(tiny, mixed, examples):
    candidate, path = mixed
    judge = Judge(tiny, examples)
    simulated, real = judge.judge(candidate), exporter.judge(path, tiny, examples)
    assert real.perplexity == pytest.approx(simulated.perplexity, rel=0.02)
    assert real.kl.mean() == pytest.approx(simulated.kl.mean(), rel=0.1)
    assert real.kl.mean() > 0.005
    assert (real.clusters == simulated.clusters).all()


def test_the_file_alone_reads_texts_generates_and_tells_its_formats(
    tiny, mixed, examples, tmp_path
):
    _, path = mixed
    opened = exporter.load(path)
    try:
        found = opened.read([tmp_path / "text.txt"], what="evaluate", length=48, most=480)
        assert torch.equal(found.inputs, examples.inputs)
        assert sum(opened.formats.values()) == len(gguf.GGUFReader(path).tensors)
        assert opened.bytes == path.stat().st_size
        assert opened.speed(threads=1) > 1
        assert opened.answer("hello", tokens=2) is None  # it has no chat template
    finally:
        opened.close()


def test_an_unchanged_source_comes_back_bit_for_bit(tiny, mixed, tmp_path):
    candidate, path = mixed
    tiny.folder = path  # as if the model had been loaded from this file
    again = exporter.write(tiny, Candidate({}), tmp_path / "again")
    chosen = exporter.write(tiny, candidate, tmp_path / "chosen")
    before = gguf.GGUFReader(path)
    for copy in (again, chosen):
        after = gguf.GGUFReader(copy)
        assert copy.stat().st_size == path.stat().st_size
        for old, new in zip(before.tensors, after.tensors, strict=True):
            assert (old.name, old.tensor_type) == (new.name, new.tensor_type)
            assert np.array_equal(old.data, new.data)
        assert {k: f.contents() for k, f in before.fields.items()} == {
            k: f.contents() for k, f in after.fields.items()
        }


def test_nothing_is_left_of_a_file_that_the_disk_cannot_hold(tiny, tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(UsageError, match="nothing of it was kept"):
            exporter.write(tiny, Candidate({}), tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_damaged_file_is_refused(mixed, tmp_path):
    _, path = mixed
    short = tmp_path / "short.gguf"
    short.write_bytes(path.read_bytes()[:60_000])
    with pytest.raises(UsageError, match="cannot be loaded"):
        exporter.load(short)
    text = tmp_path / "text.gguf"
    text.write_text("no model")
    with pytest.raises(UsageError, match="magic"):
        exporter.load(text)


def test_formats_of_other_files_are_refused(tiny, tmp_path):
    unit = tiny.units[0]
    part = IntegerFormat(4).quantise(tiny.weight(unit))
    with pytest.raises(PlanError, match="int4g64, which GGUF does not have"):
        exporter.write(tiny, Candidate({unit.name: part}), tmp_path / "out")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"bits": {"formats": ["Q4_9"]}}, "`Q4_9` is unknown"),
        ({"bits": {"formats": ["Q4_0", "Q4_0"]}}, "given twice"),
        ({"methods": ["prune"], "prune": {"pattern": "heads"}}, "keeps all shapes"),
    ],
)
def test_settings_that_do_not_go_with_gguf(keys, message):
    with pytest.raises(ConfigError, match=message):
        exporter.check(CompressSection.model_validate({"export": "gguf", **keys}))


def test_formats_on_offer_are_named_or_the_usual_ones():
    usual = exporter.formats(CompressSection())
    assert usual[0].name == "Q2_K"
    assert usual[-1].name == "F16"
    named = CompressSection.model_validate({"bits": {"formats": ["Q8_0", "IQ3_S"]}})
    assert [f.name for f in exporter.formats(named)] == ["IQ3_S", "Q8_0"]


@pytest.mark.parametrize("bpw", [6.0, 9.0])
def test_what_the_budget_allows_makes_a_file_of_the_target(make_bench, bpw):
    bench = make_bench(export="gguf", target=f"{bpw}bpw", bits={"formats": ["Q4_0", "Q8_0"]})
    subject, base = bench.subject, exporter.start(bench).candidate
    weights = sum(p.numel() for p in subject.module.parameters())
    left = exporter.budget(subject, bpw, base)
    parts = {}
    for unit in subject.units:
        kinds = [f for f in bench.formats if exporter.cost(f, unit.rows, unit.columns) <= left]
        if kinds:
            left -= exporter.cost(kinds[-1], unit.rows, unit.columns)
            parts[unit.name] = kinds[-1].quantise(subject.weight(unit))
    if len(parts) == len(subject.units):
        size = exporter.predict(subject, Candidate(parts, base.others))
        assert size <= bpw * weights / 8
        assert size == pytest.approx(bpw * weights / 8 - left / 8, abs=64)
    assert (len(parts) == len(subject.units)) == (bpw == 9.0)


def test_the_embedding_gets_what_the_target_leaves_it(make_bench):
    sizes = []
    for target in ("5.6bpw", "14bpw"):
        start = exporter.start(make_bench(export="gguf", target=target))
        parts = list(start.candidate.others.values())
        assert start.document["embedding"] == (parts[0].format if parts else "as in the source")
        sizes.append(parts[0].bits if parts else float("inf"))
    assert sizes[0] < sizes[1]


def test_a_source_that_was_quantised_is_told(make_bench, mixed):
    _, path = mixed
    bench = make_bench(export="gguf", target="9bpw")
    bench.subject.folder = path
    notes = " ".join(exporter.start(bench).notes)
    assert "The teacher is no original" in notes
    assert "Q5_1 loses nothing as Q5_1 again" in notes
    assert "artefact" in notes


def test_other_models_are_refused():
    images = SimpleNamespace(module=torch.nn.Linear(2, 2), folder=None, units=())
    with pytest.raises(PlanError, match="cannot hold Linear"):
        exporter.predict(images, Candidate({}))


def test_a_tokenizer_that_llama_does_not_know_is_refused(tiny_folder, tmp_path):
    from qml.compression.subjects import open_subject
    from qml.language.sources.base import Settings

    folder = shutil.copytree(tiny_folder, tmp_path / "model")
    text = (folder / "tokenizer.json").read_text()
    (folder / "tokenizer.json").write_text(
        text.replace('"add_prefix_space":false', '"add_prefix_space":true').replace(
            '"add_prefix_space": false', '"add_prefix_space": true'
        )
    )
    subject = open_subject(f"hf:{folder}", Settings(root=Path(), environ=os.environ, threads=1))
    with pytest.raises(PlanError, match="splits text in a way"):
        exporter.predict(subject, Candidate({}))
