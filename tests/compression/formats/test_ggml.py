"""Block formats against the package gguf, which reads (and for some writes) them by itself."""

import gguf
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.compression.formats.ggml import EVERYDAY, NAMED, GgmlFormat, block_type, codec, native
from qml.compression.formats.ggml.lattices import has
from qml.errors import PlanError

SLOW = ("IQ1_S", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ1_M")
"""Their search tables take seconds to build."""
QUICK = [name for name in (*EVERYDAY, *NAMED) if name not in SLOW]
LATTICES = [name for name in EVERYDAY if has(name)]


@st.composite
def rows(draw) -> np.ndarray:
    """Four rows of 256: ordinary, with heavy tails, constant, all zero; of any size."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = 2.0 ** draw(st.integers(-20, 10))
    found = np.zeros((4, 256), np.float32)
    found[0] = random.normal(size=256) * size
    found[1] = random.standard_t(2, size=256) * size
    found[2] = draw(st.floats(-4, 4, width=32))
    return found


GAUSSIAN = {
    "Q2_K": 0.072,
    "Q3_K": 0.021,
    "IQ4_XS": 0.0057,
    "Q4_0": 0.0067,
    "IQ4_NL": 0.0056,
    "Q4_K": 0.0050,
    "Q5_K": 0.0013,
    "Q6_K": 3.0e-4,
    "Q8_0": 2.9e-5,
}
"""Relative squared errors on Gaussian weights that were measured with another program."""


def form(name: str) -> GgmlFormat:
    return GgmlFormat(block_type(name))


def read_by_gguf(part) -> np.ndarray:
    return gguf.quants.dequantize(part.blocks, gguf.GGMLQuantizationType[part.format])


@pytest.mark.parametrize("name", QUICK)
@settings(max_examples=5, deadline=None)
@given(values=rows())
def test_every_block_is_read_as_gguf_reads_it(name, values):
    part = form(name).quantise(torch.from_numpy(values))
    assert np.array_equal(part.dense().numpy(), read_by_gguf(part))
    assert part.bits == form(name).bits(4, 256) == part.blocks.nbytes * 8


@pytest.mark.long
@pytest.mark.parametrize("name", SLOW)
def test_the_slow_ones_too(name):
    part = form(name).quantise(torch.randn(4, 256, generator=torch.manual_seed(0)))
    assert np.array_equal(part.dense().numpy(), read_by_gguf(part))


@pytest.mark.parametrize("name", ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "MXFP4"])
def test_the_library_and_gguf_write_the_same(name, monkeypatch):
    weight = torch.randn(8, 256, generator=torch.manual_seed(1))
    by_library = form(name).quantise(weight).blocks
    assert native()
    monkeypatch.setattr(codec, "native", lambda: False)
    assert np.array_equal(form(name).quantise(weight).blocks, by_library)


@pytest.mark.parametrize(("name", "error"), GAUSSIAN.items())
def test_errors_on_gaussian_weights(name, error):
    weight = torch.randn(128, 1024, generator=torch.manual_seed(2))
    found = (form(name).quantise(weight).dense() - weight).square().mean()
    assert float(found) == pytest.approx(error, rel=0.35)


@pytest.mark.parametrize("name", ["Q4_0", "Q4_K", "IQ4_NL", "Q3_K"])
def test_importance_lowers_the_weighted_error(name):
    generator = torch.manual_seed(3)
    weight = torch.randn(64, 512, generator=generator)
    importance = torch.rand(512, generator=generator).pow(4) + 1e-3

    def error(part):
        return float(((part.dense() - weight).square() * importance).sum())

    plain, weighted = form(name).quantise(weight), form(name).quantise(weight, importance)
    assert error(weighted) < error(plain)


@pytest.mark.parametrize("name", LATTICES)
@settings(max_examples=8, deadline=None)
@given(values=rows(), seed=st.integers(0, 2**16))
def test_chosen_codes_are_what_gguf_reads(name, values, seed):
    part = form(name).quantise(torch.from_numpy(values))
    lattice = part.lattice()
    if lattice is None:  # a constant block whose minimum is stored
        assert name.endswith("_1")
        return
    assert np.array_equal(part.rounded(lattice.codes).blocks, part.blocks)
    assert float(lattice.scale.min()) >= 0
    codes = torch.randint(
        lattice.levels, lattice.codes.shape, generator=torch.manual_seed(seed), dtype=torch.uint8
    )
    chosen = lattice.with_codes(codes)
    read = torch.from_numpy(read_by_gguf(part.rounded(codes)))
    atol = 0.0 if name.endswith("_0") else 1e-5 * float(lattice.dense().abs().max() + 1)
    torch.testing.assert_close(read, chosen.dense(), atol=atol, rtol=0)
    assert torch.equal(part.rounded(codes).lattice().codes, codes) or not lattice.scale.all()


def test_rows_that_are_no_whole_blocks_are_refused():
    assert not form("Q4_K").fits(576)
    assert form("Q4_0").fits(576)
    with pytest.raises(PlanError, match="blocks of 256 weights; a row has 576"):
        form("Q4_K").quantise(torch.zeros(2, 576))


def test_what_is_no_lattice_says_so():
    part = form("Q4_K").quantise(torch.zeros(2, 256))
    assert part.lattice() is None
    with pytest.raises(PlanError, match="no lattice"):
        part.rounded(torch.zeros(2, 256, dtype=torch.uint8))


def test_formats_without_blocks():
    weight = torch.tensor([[1.0, 2.5, -3.0]])
    part = form("F16").quantise(weight)
    assert torch.equal(part.dense(), weight)
    assert part.bits == 48
