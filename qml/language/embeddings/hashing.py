"""`hashing`: words and runs of three letters, hashed; needs no model and knows no meaning.

Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009. It is used only
where it is named: texts that say the same in other words are far apart.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.language.words import words

SIZE = 1024
_LETTERS = 3


class HashingEmbedder:
    """Signed counts of hashed features, dampened by logarithm; see `Embedder`."""

    name = "hashing"

    def describe(self) -> dict[str, Any]:
        """Return name and size."""
        return {"embedding": self.name, "dimensions": SIZE}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Embed texts; one without words is the unit vector of its own."""
        return np.stack([_row(text) for text in texts]) if texts else np.zeros((0, SIZE))


def _row(text: str) -> NDArray[np.float64]:
    row = np.zeros(SIZE)
    for feature, count in Counter(_features(text)).items():
        place, sign = _hash(feature)
        row[place] += sign * (1 + math.log(count))
    if not row.any():
        row[_hash(text)[0]] = 1.0
    unit: NDArray[np.float64] = row / np.linalg.norm(row)
    return unit


def _features(text: str) -> Iterator[str]:
    for word in words(text):
        yield word
        marked = f"<{word}>"
        yield from (f"#{marked[i : i + _LETTERS]}" for i in range(len(marked) - _LETTERS + 1))


def _hash(feature: str) -> tuple[int, int]:
    digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "big") % SIZE, 1 if digest[4] & 1 else -1
