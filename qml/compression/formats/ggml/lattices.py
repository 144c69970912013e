"""Block formats whose weights lie on a lattice: codes out of blocks, and codes into blocks.

Q4_0, Q5_0 and Q8_0 hold d (q - offset), Q4_1 and Q5_1 hold d q + m, with one float16 d (and m) for
each block of 32; see `ggml-common.h` of llama.cpp. A negative d is turned: the codes run backwards.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor

from qml.compression.formats.base import Lattice

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = 32


class _Layout(NamedTuple):
    """Bytes of a block in their order: scales, fifth bits, codes.

    Attributes:
        width: Bits of a code.
        offset: Code of the value 0; None where a minimum is stored.
    """

    width: int
    offset: int | None

    @property
    def scales(self) -> int:
        """Bytes of the scales."""
        return 2 if self.offset is not None else 4

    @property
    def levels(self) -> int:
        """Number of codes."""
        return 1 << self.width


_LAYOUTS = {
    "Q4_0": _Layout(4, 8),
    "Q5_0": _Layout(5, 16),
    "Q8_0": _Layout(8, 128),
    "Q4_1": _Layout(4, None),
    "Q5_1": _Layout(5, None),
}


def read(name: str, blocks: "NDArray[np.uint8]") -> Lattice | None:
    """Return the lattice of a matrix, or None where the format has none.

    Where a minimum is stored and a block is constant, its scale is 0 and no other code would
    change it: there is no lattice either.

    Args:
        name: Of the format.
        blocks: Shape (rows, bytes of a row).
    """
    layout = _LAYOUTS.get(name)
    if layout is None:
        return None
    split = _split(layout, blocks)
    step = _scales(split)[..., 0]
    if layout.offset is None and not step.all():
        return None
    codes, turned = _unpack(layout, split), step < 0
    codes = np.where(turned[..., None], layout.levels - 1 - codes, codes).astype(np.uint8)
    return Lattice(
        codes=torch.from_numpy(codes.reshape(len(blocks), -1)),
        scale=torch.from_numpy(np.abs(step)),
        zero=torch.from_numpy(_zeros(layout, split)),
        levels=layout.levels,
        group=_BLOCK,
    )


def write(name: str, blocks: "NDArray[np.uint8]", codes: Tensor) -> "NDArray[np.uint8]":
    """Return blocks with the same scales and other codes, shape (rows, bytes of a row)."""
    layout = _LAYOUTS[name]
    split = _split(layout, blocks).copy()
    chosen = codes.numpy().reshape(*split.shape[:2], _BLOCK)
    turned = _scales(split)[..., :1] < 0
    _pack(layout, split, np.where(turned, layout.levels - 1 - chosen, chosen).astype(np.uint8))
    return split.reshape(blocks.shape)


def has(name: str) -> bool:
    """Whether a format is a lattice."""
    return name in _LAYOUTS


def _split(layout: _Layout, blocks: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Return shape (rows, blocks, bytes of a block)."""
    size = layout.scales + _BLOCK * layout.width // 8
    return np.ascontiguousarray(blocks).reshape(len(blocks), -1, size)


def _scales(split: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    """Return d (and what follows it), shape (rows, blocks, 2)."""
    return np.ascontiguousarray(split[..., :4]).view(np.float16).astype(np.float32)


def _zeros(layout: _Layout, split: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    scales = _scales(split)
    step = scales[..., 0]
    fixed = layout.offset is not None
    flat = np.full_like(step, layout.offset) if fixed else -scales[..., 1] / step
    found: NDArray[np.float32] = np.where(step < 0, layout.levels - 1 - flat, flat)
    return found.astype(np.float32)


def _unpack(layout: _Layout, split: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Return codes, shape (rows, blocks, 32), uint8."""
    body = split[..., layout.scales :]
    if layout.width == 8:  # noqa: PLR2004 - bits of a byte
        return body ^ np.uint8(128)  # two's complement to offset
    low = body[..., -_BLOCK // 2 :]
    codes = np.concatenate([low & 15, low >> 4], axis=-1)
    if layout.width == 5:  # noqa: PLR2004 - the fifth bits lie apart
        high = np.unpackbits(body[..., :4], axis=-1, bitorder="little")
        codes |= high << 4
    return codes


def _pack(layout: _Layout, split: "NDArray[np.uint8]", codes: "NDArray[np.uint8]") -> None:
    """Put codes into blocks, in place."""
    body = split[..., layout.scales :]
    if layout.width == 8:  # noqa: PLR2004 - bits of a byte
        body[...] = codes ^ np.uint8(128)
        return
    half = _BLOCK // 2
    body[..., -half:] = (codes[..., :half] & 15) | ((codes[..., half:] & 15) << 4)
    if layout.width == 5:  # noqa: PLR2004 - the fifth bits lie apart
        body[..., :4] = np.packbits(codes >> 4, axis=-1, bitorder="little")
