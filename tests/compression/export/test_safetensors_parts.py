"""Every kind of part comes back bit by bit, and takes what was said."""

import pytest
import torch
from compression.export.matrices import masked, matrix
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.compression.export.safetensors.container import spec_of
from qml.compression.export.safetensors.parts import blobs, document, restore
from qml.compression.formats import IntegerFormat, Plain
from qml.compression.formats.ggml import GgmlFormat, block_type
from qml.compression.formats.sparse import sparse
from qml.compression.formats.structured import StructuredPart
from qml.errors import PlanError


def through(part):
    made = {}
    for suffix, (spec, make) in blobs(part).items():
        made[suffix] = make()
        assert spec_of(made[suffix]) == spec
    return restore(document(part), made), 8 * sum(t.nbytes for t in made.values())


def assert_same(part) -> float:
    found, bits = through(part)
    assert torch.equal(found.dense(), part.dense())
    assert found.format == part.format
    return bits


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 8), st.integers(1, 9), st.integers(1, 40), st.sampled_from([8, 16, 64]))
def test_integers(width: int, rows: int, columns: int, group: int) -> None:
    part = IntegerFormat(width, group).quantise(matrix(rows, columns))
    bits = assert_same(part)
    assert part.bits <= bits < part.bits + 16  # two streams end with a whole byte each


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 8), st.integers(1, 9), st.integers(1, 40), st.floats(0, 1))
def test_masked_integers(width: int, rows: int, columns: int, share: float) -> None:
    part = masked(IntegerFormat(width, 16).quantise(matrix(rows, columns)), share)
    bits = assert_same(part)
    assert part.bits - 1e-3 <= bits < part.bits + 16


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 9), st.integers(1, 40), st.floats(0, 1))
def test_sparse(rows: int, columns: int, share: float) -> None:
    values = matrix(rows, columns)
    mask = torch.rand(rows, columns, generator=torch.Generator().manual_seed(1)) < share
    part = sparse(values, mask)
    found, bits = through(part)
    assert torch.equal(found.dense(), part.dense())
    assert bits == part.bits


def test_two_of_four() -> None:
    mask = torch.tensor([True, False, False, True]).repeat(6, 4)
    part = sparse(matrix(6, 16), mask, (2, 4))
    assert assert_same(part) == part.bits == 6 * 4 * 3 + 16 * 48


def test_half_of_wide_numbers() -> None:
    part = masked(Plain(16).quantise(matrix(8, 32)), 0.3)
    assert part.thin
    assert_same(part)
    assert_same(Plain(16).quantise(matrix(3, 5)))
    assert_same(Plain(32).quantise(matrix(3, 5)))


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_cut_down(share: float) -> None:
    rows, columns = torch.tensor([0, 2, 5]), torch.arange(1, 20, 2)
    inner = masked(IntegerFormat(4, 8).quantise(matrix(3, 10)), share)
    part = StructuredPart(inner=inner, rows=rows, columns=columns, shape=(6, 20))
    found, _ = through(part)
    assert torch.equal(found.dense(), part.dense())
    assert torch.equal(found.rows, rows)
    assert torch.equal(found.columns, columns)


def test_what_would_come_back_as_something_else_is_refused() -> None:
    part = IntegerFormat(3, 8).quantise(matrix(4, 16))
    wide = part.rounded(part.values.codes + 8)
    with pytest.raises(PlanError, match="no integers of its width"):
        through(wide)
    scaled = IntegerFormat(3, 8).quantise(matrix(4, 16))
    scaled.values.scale.mul_(1 + 2**-20)
    with pytest.raises(PlanError, match="no float16"):
        through(scaled)


def test_formats_of_other_files_are_refused() -> None:
    part = GgmlFormat(block_type("Q8_0")).quantise(matrix(2, 32))
    with pytest.raises(PlanError, match="safetensors holds no tensor in Q8_0"):
        document(part)
