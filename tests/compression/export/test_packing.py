"""Codes without gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from qml.compression.export import packing
from qml.compression.export.packing import pack, packed_size, unpack

codes = st.integers(1, 8).flatmap(
    lambda width: st.tuples(
        st.just(width),
        arrays(
            np.uint8, array_shapes(max_dims=3, max_side=17), elements=st.integers(0, 2**width - 1)
        ),
    )
)


@given(codes)
def test_what_is_packed_comes_back(drawn) -> None:
    width, values = drawn
    stream = pack(values, width)
    assert len(stream) == packed_size(values.size, width) == -(-values.size * width // 8)
    np.testing.assert_array_equal(unpack(stream, width, values.size), values.ravel())


@given(codes)
def test_one_stream_whatever_the_piece(drawn) -> None:
    width, values = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "_PIECE", 16)
        stream = pack(values, width)
        np.testing.assert_array_equal(unpack(stream, width, values.size), values.ravel())
    np.testing.assert_array_equal(stream, pack(values, width))


def test_the_lowest_bit_comes_first() -> None:
    assert pack(np.array([1, 2, 3], np.uint8), 3).tolist() == [0b11_010_001, 0b0]
    assert pack(np.array([0xA, 0x5], np.uint8), 4).tolist() == [0x5A]


def test_nothing() -> None:
    assert len(pack(np.empty(0, np.uint8), 5)) == 0
    assert len(unpack(np.empty(0, np.uint8), 5, 0)) == 0
