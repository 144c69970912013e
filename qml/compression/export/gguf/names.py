"""Names of tensors: those of Hugging Face, and those of GGUF; rows that llama.cpp reorders."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ARCHITECTURES = {
    "LlamaForCausalLM": "llama",
    "MistralForCausalLM": "llama",
    "Qwen2ForCausalLM": "qwen2",
    "Qwen3ForCausalLM": "qwen3",
}
"""Classes of transformers, and what GGUF calls them; these store all weights as they are."""

_PAIRED = "llama"
"""This one rotates pairs of neighbours, so that rows of queries and keys are interleaved."""


@cache
def names(architecture: str, layers: int) -> dict[str, str]:
    """Return GGUF's name of each parameter that the architecture may have.

    Args:
        architecture: As GGUF calls it.
        layers: Number of decoder layers.
    """
    from gguf import MODEL_ARCH_NAMES, get_tensor_name_map

    arch = next(key for key, name in MODEL_ARCH_NAMES.items() if name == architecture)
    found = {}
    for key, value in get_tensor_name_map(arch, layers).mapping.items():
        if key.startswith(("model.", "lm_head")):
            for ending in ("weight", "bias"):
                found[f"{key}.{ending}"] = f"{value[1]}.{ending}"
    return found


def order(
    architecture: str, name: str, rows: int, heads: int, key_heads: int
) -> "NDArray[np.int64] | None":
    """Return the order of rows in the file, or None where it is that of Hugging Face.

    Args:
        architecture: As GGUF calls it.
        name: Of the parameter, as Hugging Face calls it.
        rows: Its rows.
        heads: Query heads.
        key_heads: Key and value heads.
    """
    if architecture != _PAIRED:
        return None
    module = name.rsplit(".", 2)[-2]
    count = {"q_proj": heads, "k_proj": key_heads}.get(module)
    if count is None:
        return None
    return np.arange(rows).reshape(count, 2, rows // count // 2).swapaxes(1, 2).reshape(-1)
