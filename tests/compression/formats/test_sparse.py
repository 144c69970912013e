"""Pruned matrices: sizes are those of the bytes, zeros stay zero through rounding."""

from math import ceil, comb, log2

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.compression.formats import IntegerFormat
from qml.compression.formats.masked import MaskedPart, quantised
from qml.compression.formats.plain import Plain
from qml.compression.formats.sparse import pack_mask, sparse, unpack_mask, unpacked
from qml.compression.formats.structured import StructuredPart
from qml.errors import PlanError


def _matrix(rows, columns, share, seed=0):
    draw = torch.Generator().manual_seed(seed)
    weight = torch.randn(rows, columns, generator=draw)
    return weight, torch.rand(rows, columns, generator=draw) >= share


def _bytes(part):
    return sum(t.numel() * t.element_size() for t in part.packed().values())


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 9), st.integers(1, 40), st.floats(0, 1), st.integers(0, 99))
def test_what_is_packed_takes_its_bits_and_comes_back(rows, columns, share, seed):
    weight, mask = _matrix(rows, columns, share, seed)
    part = sparse(weight, mask)
    assert part.bits == 8 * _bytes(part) <= 16 * weight.numel()
    back = unpacked(part.packed(), rows, columns, None)
    assert torch.equal(back.dense(), part.dense())
    assert torch.equal(part.dense(), (weight * mask).half().float())


@pytest.mark.parametrize("pattern", [(2, 4), (1, 4), (4, 8), (3, 5), (8, 16), (10, 20)])
def test_ranks_of_patterns_come_back_in_as_few_bits_as_there_are_choices(pattern):
    kept, size = pattern
    scores = torch.rand(7, 6, size, generator=torch.Generator().manual_seed(0))
    mask = (scores.argsort(-1).argsort(-1) < kept).flatten(1)
    packed = pack_mask(mask, pattern)
    assert torch.equal(unpack_mask(packed, 7, 6 * size, pattern), mask)
    width = ceil(log2(comb(size, kept))) if size <= 16 else size
    assert len(packed) == ceil(42 * width / 8)


def test_a_mask_that_is_not_its_pattern_is_refused():
    with pytest.raises(PlanError, match="2 of 4"):
        pack_mask(torch.tensor([[True, True, True, False]]), (2, 4))


def test_few_zeros_are_stored_as_values():
    weight, mask = torch.randn(8, 32), torch.ones(8, 32, dtype=torch.bool)
    mask[0, :3] = False
    part = sparse(weight, mask)
    assert set(part.packed()) == {"values"}
    assert part.bits == 16 * 256


@pytest.mark.parametrize("width", [2, 3, 4, 8])
@pytest.mark.parametrize("shift", [0.0, 3.0, -3.0])
def test_zeros_stay_zero_in_integers_however_codes_are_rounded(width, shift):
    weight, mask = _matrix(6, 130, 0.5)
    part = sparse(weight + shift, mask)
    found = quantised(IntegerFormat(width), part.dense(), part)
    assert isinstance(found, MaskedPart)
    assert not found.dense()[~mask].any()
    codes = torch.randint(0, 2**width, (6, 130)).to(torch.uint8)
    moved = found.rounded(codes)
    assert not moved.dense()[~mask].any()
    assert torch.equal(moved.lattice().codes[mask], codes[mask])


@pytest.mark.parametrize(("share", "thin"), [(0.5, True), (0.1, False)])
def test_the_smaller_of_mask_and_codes_or_all_codes_counts(share, thin):
    weight, mask = _matrix(64, 64, share)
    part = sparse(weight, mask)
    found = quantised(IntegerFormat(4), part.dense(), part)
    whole = IntegerFormat(4).payload(64, 64)
    assert found.thin is thin
    assert found.payload == (64 * 64 + 4 * int(mask.sum()) if thin else whole)
    assert found.bits - found.payload == IntegerFormat(4).bits(64, 64) - whole


def test_what_was_not_pruned_is_quantised_as_ever():
    weight, _ = _matrix(4, 64, 0.5)
    found = quantised(IntegerFormat(4), weight, None)
    assert torch.equal(found.dense(), IntegerFormat(4).quantise(weight).dense())


def test_a_matrix_that_was_cut_down_stays_so():
    weight, _ = _matrix(8, 64, 0.5)
    rows, columns = torch.tensor([0, 3, 5]), torch.arange(0, 64, 2)
    part = StructuredPart(
        inner=Plain(16).quantise(weight[rows][:, columns]),
        rows=rows,
        columns=columns,
        shape=(8, 64),
    )
    found = quantised(IntegerFormat(4, 16), part.dense(), part, torch.ones(64))
    assert isinstance(found, StructuredPart)
    assert found.bits == IntegerFormat(4, 16).bits(3, 32)
    dense = found.dense()
    assert torch.equal(dense[rows][:, columns], found.inner.dense())
    dense[rows[:, None], columns] = 0
    assert not dense.any()
    with pytest.raises(PlanError, match="cut down"):
        found.rounded(torch.zeros(8, 64, dtype=torch.uint8))
