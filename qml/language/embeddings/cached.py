"""Embeddings kept by content: a text is embedded once by a given model."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.files import digest_json, write_bytes
from qml.language.embeddings.base import Embedder


class CachedEmbedder:
    """An embedder with a folder of vectors; see `Embedder`.

    Args:
        inner: What embeds the texts that are not there yet.
        folder: One file a text, named by the digest of text and `inner.describe()`.
    """

    def __init__(self, inner: Embedder, folder: Path) -> None:
        self._inner = inner
        self._folder = folder
        self._key = digest_json(inner.describe())

    @property
    def name(self) -> str:
        """Name of the embedder within."""
        return self._inner.name

    def describe(self) -> dict[str, Any]:
        """Describe the embedder within."""
        return self._inner.describe()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Embed the texts that are not there, and keep them."""
        rows = {text: _read(self._path(text)) for text in texts}
        new = [text for text, row in rows.items() if row is None]
        if new or not texts:
            fresh = self._inner(new)
            if not texts:
                return fresh
            for text, row in zip(new, fresh, strict=True):
                rows[text] = row
                _write(self._path(text), row)
        return np.stack([np.asarray(rows[text]) for text in texts])

    def _path(self, text: str) -> Path:
        digest = digest_json([self._key, text])
        return self._folder / digest[:2] / f"{digest[2:]}.npy"


def _read(path: Path) -> NDArray[np.float64] | None:
    """Return a kept row; None where there is none or it is damaged, and then it is made anew."""
    try:
        row = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return row if row.ndim == 1 and row.dtype == np.float64 and np.isfinite(row).all() else None


def _write(path: Path, row: NDArray[np.float64]) -> None:
    buffer = BytesIO()
    np.save(buffer, row, allow_pickle=False)
    write_bytes(path, buffer.getvalue())
