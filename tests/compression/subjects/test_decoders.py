"""Architectures of transformers: tiny random models run layer by layer as they run whole."""

import pytest
import torch
import transformers
from transformers import AutoModelForCausalLM

from qml.compression.subjects.causal import CausalSubject
from qml.compression.subjects.corpora import examples_of
from qml.errors import UsageError

SIZES = {
    "vocab_size": 64,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 64,
    "bos_token_id": None,
    "eos_token_id": None,
    "pad_token_id": None,
}
GPT2 = {"vocab_size": 64, "n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 64}
ARCHITECTURES = {
    "LlamaConfig": (SIZES, 7),
    "MistralConfig": ({**SIZES, "sliding_window": 8}, 7),
    "Qwen2Config": (SIZES, 7),
    "Qwen3Config": ({**SIZES, "head_dim": 8}, 7),
    "Phi3Config": (SIZES, 4),
    "GemmaConfig": ({**SIZES, "head_dim": 8}, 7),
    "Gemma3TextConfig": ({**SIZES, "head_dim": 8, "sliding_window": 8}, 7),
    "GPT2Config": (GPT2, 4),
    "GPTNeoXConfig": (SIZES, 4),
    "OPTConfig": ({**SIZES, "ffn_dim": 48, "word_embed_proj_dim": 32}, 6),
}


def model_of(name: str, sizes: dict):
    torch.manual_seed(0)
    return AutoModelForCausalLM.from_config(getattr(transformers, name)(**sizes)).eval()


def subject_of(model) -> CausalSubject:
    return CausalSubject("test", model, None, folder=None, digest="")


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_stages_are_the_model(name: str) -> None:
    sizes, units = ARCHITECTURES[name]
    model = model_of(name, sizes)
    ids = torch.arange(60).view(3, 20)
    with torch.no_grad():
        whole = model(input_ids=ids).logits[:, :-1].flatten(0, 1)
    subject = subject_of(model)
    state = subject.begin(examples_of(ids))
    with torch.inference_mode():
        for stage in range(subject.stages):
            state = subject.run(stage, state)
        torch.testing.assert_close(subject.logits(state), whole)
    assert len(subject.units) == 2 * units
    assert {unit.group for unit in subject.units} == {"0", "1"}
    for unit in subject.units:
        assert subject.weight(unit).shape == (unit.rows, unit.columns)


def test_gradients_reach_the_weights() -> None:
    subject = subject_of(model_of("LlamaConfig", SIZES))
    ids = torch.arange(20).view(1, 20)
    with torch.inference_mode():  # what is recorded here is used below
        subject.run(0, ids)
    state = ids
    for stage in range(subject.stages):
        state = subject.run(stage, state)
    subject.logits(state).sum().backward()
    assert subject.weight(subject.units[0]).grad.abs().sum() > 0


def test_a_chain_that_is_not_the_model_is_refused() -> None:
    with pytest.raises(UsageError, match="Gemma2ForCausalLM is an architecture") as caught:
        subject_of(model_of("Gemma2Config", {**SIZES, "final_logit_softcapping": 0.05}))
    assert "Llama, Mistral, Qwen2" in str(caught.value.hint)


def test_a_model_without_decoder_layers_is_refused() -> None:
    sizes = {"vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 1, "state_size": 4}
    with pytest.raises(UsageError, match="MambaForCausalLM is an architecture"):
        subject_of(model_of("MambaConfig", sizes))


def test_tied_heads_are_no_units_and_are_told() -> None:
    tied = subject_of(model_of("LlamaConfig", {**SIZES, "tie_word_embeddings": True}))
    assert tied.notes == (
        "model.embed_tokens and lm_head are one tensor (tied): it is stored once",
    )
    assert not any("lm_head" in unit.name for unit in tied.units)
    assert subject_of(model_of("LlamaConfig", {**SIZES, "tie_word_embeddings": False})).notes == ()


def test_layers_that_share_a_matrix_are_one_unit() -> None:
    model = model_of("LlamaConfig", SIZES)
    first, second = model.model.layers
    second.mlp.up_proj.weight = first.mlp.up_proj.weight
    names = [unit.name for unit in subject_of(model).units]
    assert "model.layers.0.mlp.up_proj" in names
    assert "model.layers.1.mlp.up_proj" not in names
