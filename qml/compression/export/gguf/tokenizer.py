"""Keys of a GGUF file for a model of Hugging Face: sizes of the model, and its tokenizer.

llama.cpp splits text before its byte pairs by rules that it knows by name. A tokenizer whose rule
is none of these would be read wrongly, so it is refused.
"""

import json
from collections.abc import Mapping
from typing import Any

from qml.compression.export.gguf.metadata import Entry
from qml.errors import PlanError

_UINT32, _INT32, _FLOAT, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_HINT = "convert it with llama.cpp's convert_hf_to_gguf.py, and compress gguf:FILE"
_TOKENIZER = "tokenizer.json"
_NORMAL, _CONTROL, _USER = 1, 3, 4
"""Types of tokens in `llama.h`."""

_GPT2 = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True}
_DIGITS = {"type": "Digits", "individual_digits": True}
_NO_MERGE = "\u0120 \u0120"
"""llama.cpp wants at least one merge; what this one makes of two spaces is no token where there are
no merges, so that it is taken apart again."""
_RULES = (
    ("gpt-2", [_GPT2]),
    ("smollm", [_DIGITS, _GPT2]),
)
_PATTERNS = {
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+": "llama-bpe",
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+": "qwen2",
}
"""Splits of Llama 3 and of Qwen 2, with the names of their rules."""


def entries_of(
    files: Mapping[str, bytes], config: Any, architecture: str, name: str
) -> list[Entry]:
    """Return the keys of a model.

    Args:
        files: What lies beside its weights, by file name; `tokenizer.json` among them.
        config: Of transformers.
        architecture: As GGUF calls it.
        name: How the model was addressed.

    Raises:
        PlanError: The tokenizer, or the scaling of positions, is none that can be written.
    """
    return [*_model(config, architecture, name), *_tokenizer(files, config)]


def _model(config: Any, architecture: str, name: str) -> list[Entry]:
    rope = config.rope_parameters
    if rope.get("rope_type", "default") != "default":
        raise PlanError(
            f"positions are scaled by `{rope['rope_type']}`, which is not written to GGUF",
            hint=_HINT,
        )
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    numbers = {
        "block_count": config.num_hidden_layers,
        "context_length": config.max_position_embeddings,
        "embedding_length": config.hidden_size,
        "feed_forward_length": config.intermediate_size,
        "attention.head_count": config.num_attention_heads,
        "attention.head_count_kv": config.num_key_value_heads,
        "attention.key_length": width,
        "attention.value_length": width,
        "rope.dimension_count": width,
        "vocab_size": config.vocab_size,
    }
    return [
        Entry("general.type", "model", _STRING),
        Entry("general.name", name, _STRING),
        *(Entry(f"{architecture}.{key}", int(value), _UINT32) for key, value in numbers.items()),
        Entry(f"{architecture}.rope.freq_base", float(rope["rope_theta"]), _FLOAT),
        Entry(f"{architecture}.attention.layer_norm_rms_epsilon", config.rms_norm_eps, _FLOAT),
    ]


def _tokenizer(files: Mapping[str, bytes], config: Any) -> list[Entry]:
    document = _document(files)
    tokens, kinds = _vocabulary(document, config.vocab_size)
    merges = [m if isinstance(m, str) else " ".join(m) for m in document["model"]["merges"]]
    found = [
        Entry("tokenizer.ggml.model", "gpt2", _STRING),
        Entry("tokenizer.ggml.pre", _rule(document), _STRING),
        Entry("tokenizer.ggml.tokens", tokens, _ARRAY, _STRING),
        Entry("tokenizer.ggml.merges", merges or [_NO_MERGE], _ARRAY, _STRING),
        Entry("tokenizer.ggml.token_type", kinds, _ARRAY, _INT32),
        Entry("tokenizer.ggml.add_bos_token", value=False, kind=_BOOL),
        Entry("tokenizer.ggml.add_space_prefix", value=False, kind=_BOOL),
    ]
    return found + _special(files, config)


def _document(files: Mapping[str, bytes]) -> dict[str, Any]:
    if _TOKENIZER not in files:
        raise PlanError(
            f"the model has no {_TOKENIZER}, which a GGUF file is made from",
            hint="tokenizer.save_pretrained writes it",
        )
    found: dict[str, Any] = json.loads(files[_TOKENIZER])
    if found["model"].get("type") != "BPE" or found["model"].get("byte_fallback"):
        raise PlanError(
            "the tokenizer is no byte-level BPE, the only kind that is written to GGUF here",
            hint=_HINT,
        )
    return found


def _rule(document: dict[str, Any]) -> str:
    """Return llama.cpp's name of how text is split before byte pairs are merged."""
    split = document.get("pre_tokenizer") or {}
    steps = split.get("pretokenizers", [split])
    short = [{k: v for k, v in step.items() if k != "trim_offsets"} for step in steps]
    for name, rule in _RULES:
        if short == rule and not document.get("normalizer"):
            return name
    for step in steps:
        pattern = (step.get("pattern") or {}).get("Regex") if step.get("type") == "Split" else None
        if pattern in _PATTERNS:
            return _PATTERNS[pattern]
    raise PlanError(
        "the tokenizer splits text in a way that llama.cpp may not know",
        hint=_HINT,
    )


def _vocabulary(document: dict[str, Any], size: int) -> tuple[list[str], list[int]]:
    """Return tokens by their ids and their types; ids that nobody uses are filled."""
    tokens = [f"[PAD{place}]" for place in range(size)]
    kinds = [_USER] * size
    for text, place in document["model"]["vocab"].items():
        tokens[place], kinds[place] = text, _NORMAL
    for added in document.get("added_tokens") or ():
        place = added["id"]
        tokens[place], kinds[place] = added["content"], _CONTROL if added["special"] else _USER
    return tokens, kinds


def _special(files: Mapping[str, bytes], config: Any) -> list[Entry]:
    found = []
    for key, name in (("bos", "bos"), ("eos", "eos"), ("pad", "padding")):
        value = getattr(config, f"{key}_token_id", None)
        value = value[0] if isinstance(value, list) else value
        if value is not None:
            found.append(Entry(f"tokenizer.ggml.{name}_token_id", int(value), _UINT32))
    if template := _template(files):
        found.append(Entry("tokenizer.chat_template", template, _STRING))
    return found


def _template(files: Mapping[str, bytes]) -> str:
    if "chat_template.jinja" in files:
        return files["chat_template.jinja"].decode()
    found = json.loads(files.get("tokenizer_config.json", b"{}")).get("chat_template")
    return found if isinstance(found, str) else ""
