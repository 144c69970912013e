"""Texts to tokens, by the tokenizer in a GGUF file."""

import ctypes

import numpy as np

from qml.compression.llama import library
from qml.compression.llama.model import LlamaModel
from qml.errors import PlanError

_INT, _BOOL = ctypes.c_int32, ctypes.c_bool
_INTS = ctypes.POINTER(_INT)


def tokens_of(model: LlamaModel, text: str) -> list[int]:
    """Return the tokens of a text, none added at its ends; tags such as <s> are read as one token.

    Raises:
        PlanError: The engine cannot cut the text.
    """
    kinds = (ctypes.c_void_p, ctypes.c_char_p, _INT, _INTS, _INT, _BOOL, _BOOL)
    cut = library.function("llama_tokenize", _INT, kinds)
    raw = text.encode()
    found = np.empty(len(raw) + 8, np.int32)  # no token is shorter than a byte
    count = cut(
        model.vocabulary,
        raw,
        len(raw),
        found.ctypes.data_as(_INTS),
        len(found),
        False,  # noqa: FBT003 - C
        True,  # noqa: FBT003 - C
    )
    if count < 0:
        raise PlanError(f"llama.cpp cannot cut the text: code {count}")
    return [int(token) for token in found[:count]]
