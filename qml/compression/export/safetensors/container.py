"""The container: eight bytes of length, a JSON header, the tensors.

It is written tensor by tensor, so that memory does not grow with the model, and its size is known
before (format: https://huggingface.co/docs/safetensors).
"""

import json
from collections.abc import Callable, Mapping
from math import prod
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

_ALIGNMENT = 8
_DTYPES = {
    torch.uint8: "U8",
    torch.int8: "I8",
    torch.bool: "BOOL",
    torch.int32: "I32",
    torch.int64: "I64",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.float32: "F32",
    torch.float64: "F64",
}


class Spec(NamedTuple):
    """What a tensor takes, before it is made."""

    dtype: torch.dtype
    shape: tuple[int, ...]

    @property
    def bytes(self) -> int:
        """Size (bytes)."""
        return prod(self.shape) * int(self.dtype.itemsize)


def spec_of(tensor: Tensor) -> Spec:
    """Return the spec of a tensor that is there."""
    return Spec(tensor.dtype, tuple(tensor.shape))


def header(specs: Mapping[str, Spec], metadata: Mapping[str, str]) -> bytes:
    """Return length and header; wide types come first, so that all are aligned."""
    document: dict[str, object] = {"__metadata__": dict(metadata)}
    place = 0
    for name in _order(specs):
        spec = specs[name]
        document[name] = {
            "dtype": _DTYPES[spec.dtype],
            "shape": list(spec.shape),
            "data_offsets": [place, place + spec.bytes],
        }
        place += spec.bytes
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _ALIGNMENT)
    return len(text).to_bytes(8, "little") + text


def size(specs: Mapping[str, Spec], metadata: Mapping[str, str]) -> int:
    """Return the size of the file (bytes)."""
    return len(header(specs, metadata)) + sum(spec.bytes for spec in specs.values())


def write(
    path: Path,
    specs: Mapping[str, Spec],
    metadata: Mapping[str, str],
    tensor: Callable[[str], Tensor],
) -> None:
    """Write the file.

    Args:
        path: Where to.
        specs: All tensors, by name.
        metadata: Strings of the header.
        tensor: Makes one of them.

    Raises:
        OSError: It cannot be written.
    """
    with path.open("wb") as stream:
        stream.write(header(specs, metadata))
        for name in _order(specs):
            made = tensor(name)
            assert spec_of(made) == specs[name], name
            stream.write(memoryview(made.contiguous().flatten().view(torch.uint8).numpy()))
        stream.flush()


def _order(specs: Mapping[str, Spec]) -> list[str]:
    return sorted(specs, key=lambda name: (-specs[name].dtype.itemsize, name))
