"""llama.cpp through ctypes, held against transformers on the same weights."""

from itertools import islice
from pathlib import Path

import pytest
import torch

from qml.compression.candidate import Candidate
from qml.compression.export import gguf as exporter
from qml.compression.llama import library
from qml.compression.llama.model import LlamaModel
from qml.compression.llama.words import tokens_of
from qml.errors import PlanError, UsageError


@pytest.fixture
def path(tiny, tmp_path: Path) -> Path:
    return exporter.write(tiny, Candidate({}), tmp_path)


def test_logits_of_all_positions_are_those_of_transformers(tiny, path):
    tokens = torch.randint(256, (1, 40), generator=torch.manual_seed(0))
    with LlamaModel(path, context=64, threads=1) as model, torch.inference_mode():
        found = torch.from_numpy(model.logits(tokens[0].tolist()))
        expected = tiny.module(input_ids=tokens).logits[0]
        torch.testing.assert_close(found, expected, atol=0.03, rtol=0.01)
        again = torch.from_numpy(model.logits(tokens[0].tolist()))
    assert torch.equal(found, again)


def test_the_greedy_continuation_is_that_of_transformers(tiny, path):
    prompt = torch.arange(60, 70)[None]
    with torch.inference_mode():
        whole = tiny.module.generate(
            prompt, max_new_tokens=12, do_sample=False, attention_mask=torch.ones_like(prompt)
        )
    with LlamaModel(path, context=64, threads=1) as model:
        found = list(islice(model.follow(prompt[0].tolist()), 12))
    assert found == whole[0, 10:].tolist()


def test_it_stops_where_the_context_is_full(path):
    with LlamaModel(path, context=256, threads=1) as model:
        assert len(list(model.follow([1, 2, 3, 4]))) == 253
        with pytest.raises(PlanError, match="256 places"):
            model.logits(list(range(200)) * 2)
        with pytest.raises(PlanError, match="token 1 of 2"):
            model.logits([1, 70_000])


def test_tokens_are_those_of_the_tokenizer(tiny, path):
    text = "Line 3:  two  spaces,\n\nñ and 日本 & <s> 'll"
    with LlamaModel(path, context=64, threads=1) as model:
        assert tokens_of(model, text) == tiny.tokenizer(text, add_special_tokens=False).input_ids


def test_what_the_library_lacks_is_told():
    assert not library.has("llama_no_such_function")
    with pytest.raises(PlanError, match="has no function llama_no_such_function"):
        library.function("llama_no_such_function", None, ())


def test_a_file_that_is_missing(tmp_path):
    with pytest.raises(UsageError, match="cannot be loaded by llama"):
        LlamaModel(tmp_path / "none.gguf", context=64, threads=1)


def test_the_engine_says_nothing_on_the_terminal(path, capfd):
    with LlamaModel(path, context=64, threads=1) as model:
        model.logits([1, 2, 3])
    assert capfd.readouterr() == ("", "")
