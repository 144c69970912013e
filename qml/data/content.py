"""The digest of a data set's content, the same for the same numbers in any file format."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.blocks import blocks

CODES = {"train": 0, "validation": 1, "test": 2}


def digest_content(
    features: NDArray[np.floating],
    labels: NDArray[np.int64],
    classes: Sequence[str],
    *,
    split: NDArray[np.str_] | None = None,
    index: NDArray[np.int64] | None = None,
) -> str:
    """Digest rows in canonical form.

    Numbers are hashed by value: as little-endian float32 where that holds each of them exactly,
    else as float64; so a float32 array and the CSV file written from it have one digest.

    Args:
        features: Shape (rows, d).
        labels: Shape (rows,), or (len(index),) where an index is given.
        classes: Names of the labels.
        split: Name of each row's part, or None.
        index: Digest these rows of `features` only.

    Returns:
        SHA-256 in hexadecimal.
    """
    dtype = _narrowest(features, index)
    header = {
        "columns": features.shape[1],
        "rows": len(labels),
        "dtype": dtype,
        "classes": list(classes),
        "split": split is not None,
    }
    hasher = hashlib.sha256(json.dumps(header, sort_keys=True).encode())
    for block in blocks(features, index):
        hasher.update(_bytes(block + 0.0, dtype))  # -0.0 is the same number as 0.0
    hasher.update(_bytes(labels, "<i8"))
    if split is not None:
        hasher.update(_bytes(split_codes(split), "|u1"))
    return hasher.hexdigest()


def split_codes(split: NDArray[np.str_]) -> NDArray[np.uint8]:
    """Number the parts of a split: train 0, validation 1, test 2."""
    codes = np.zeros(len(split), dtype=np.uint8)
    for name, code in CODES.items():
        codes[split == name] = code
    return codes


def _narrowest(features: NDArray[np.floating], index: NDArray[np.int64] | None) -> str:
    if features.dtype == np.float32:
        return "<f4"
    with np.errstate(over="ignore"):
        exact = all(
            np.array_equal(block.astype(np.float32), block) for block in blocks(features, index)
        )
    return "<f4" if exact else "<f8"


def _bytes(values: NDArray[Any], dtype: str) -> memoryview:
    return np.ascontiguousarray(values, dtype=dtype).data.cast("B")
