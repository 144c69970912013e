"""Text as examples for a language model: chunks of tokens, and what comes after each."""

from pathlib import Path
from typing import Any

import torch

from qml.compression.subjects.base import Examples
from qml.errors import DataError


def read_text(path: Path, what: str) -> str:
    """Read UTF-8 text.

    Args:
        path: The file.
        what: What it is for, as messages say it: `calibrate` or `evaluate`.

    Raises:
        DataError: It is missing, empty or no UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"compress.{what}: {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"compress.{what}: {path} is no UTF-8 text: {error.reason}") from error
    if not text.strip():
        raise DataError(f"compress.{what}: {path} is empty")
    return text


def chunks(text: str, tokenizer: Any, length: int, what: str) -> torch.Tensor:
    """Cut a text into chunks of tokens; what is left at its end is not used.

    Args:
        text: The text.
        tokenizer: Of the model.
        length: Tokens of a chunk, at least 2.
        what: What the text is for, as messages say it.

    Returns:
        Token ids, shape (chunks, length), int64.

    Raises:
        DataError: The text is shorter than one chunk.
    """
    ids = tokenizer(text, add_special_tokens=False, verbose=False).input_ids
    count = len(ids) // length
    if not count:
        raise DataError(
            f"compress.{what}: the text has {len(ids)} tokens, and one chunk takes {length}",
            hint=f"give it a longer text, or set compress.length to {max(2, len(ids))}",
        )
    return torch.tensor(ids[: count * length]).view(count, length)


def examples_of(inputs: torch.Tensor) -> Examples:
    """Return chunks of tokens as examples.

    Args:
        inputs: Token ids, shape (chunks, length), int64.
    """
    count, length = inputs.shape
    clusters = torch.arange(count).repeat_interleave(length - 1)
    return Examples(inputs=inputs, targets=inputs[:, 1:].flatten(), clusters=clusters)
