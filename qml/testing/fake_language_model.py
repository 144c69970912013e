"""A fake of a Hugging Face language model: a few thousand random weights, a token for each byte.

It says nothing sensible, quickly, and is saved and loaded as any other model.
"""

from pathlib import Path
from typing import Any

SIZE = 16
END = 256
_END_TEXT = "<end>"
"""Token that ends an answer; the 256 before it are the bytes."""
_TEMPLATE = (
    "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)


def fake_language_model(seed: int = 0) -> tuple[Any, Any]:
    """Return a model with random weights and its tokenizer."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=END + 1,
                hidden_size=SIZE,
                intermediate_size=SIZE,
                num_hidden_layers=1,
                num_attention_heads=2,
                initializer_range=0.5,
                bos_token_id=None,
                eos_token_id=END,
                pad_token_id=END,
            )
        )
    return model.eval(), _tokenizer()


def save_fake_language_model(folder: Path, seed: int = 0) -> Path:
    """Write the model and its tokenizer into a folder, as safetensors."""
    model, tokenizer = fake_language_model(seed)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: place for place, letter in enumerate(letters)}
    inner = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    inner.add_special_tokens([_END_TEXT])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner, eos_token=_END_TEXT, pad_token=_END_TEXT
    )
    tokenizer.chat_template = _TEMPLATE
    return tokenizer
