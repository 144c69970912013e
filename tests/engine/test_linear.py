"""Permutations over GF(2) against step-by-step CNOTs."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.engine import linear
from qml.engine.linear import PART, Permutation, monomial, pull_back
from qml.engine.operations import Flip

WIRES = 4
FLIPS = st.lists(
    st.permutations(range(WIRES)).map(lambda p: Flip(p[0], p[1])), min_size=0, max_size=12
)


def _run(flips, bits):
    bits = list(bits)
    for flip in flips:
        bits[flip.target] ^= bits[flip.control]
    return bits


def _position(bits, order):
    return sum(bits[w] << (len(order) - 1 - i) for i, w in enumerate(order))


@given(flips=FLIPS, order=st.permutations(range(WIRES)))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_gather_moves_every_basis_state(flips, order):
    rows = monomial(flips, WIRES).rows
    permutation = Permutation.between((PART, *range(WIRES)), (PART, *order), rows)
    array = np.arange(2 ** (WIRES + 1), dtype=np.float32)[:, None]
    moved = np.asarray(permutation.gather(jnp.asarray(array)))[:, 0]
    for x in range(2**WIRES):
        bits = [x >> (WIRES - 1 - w) & 1 for w in range(WIRES)]
        assert moved[_position(_run(flips, bits), order)] == x


@given(flips=FLIPS, mask=st.integers(0, 2**WIRES - 1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_pull_back_keeps_the_parity(flips, mask):
    before = pull_back(mask, flips)
    for x in range(2**WIRES):
        bits = [x >> w & 1 for w in range(WIRES)]
        after = _run(flips, bits)
        assert (sum(after[w] for w in range(WIRES) if mask >> w & 1) % 2) == (
            sum(bits[w] for w in range(WIRES) if before >> w & 1) % 2
        )


@given(flips=FLIPS)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_inverse(flips):
    labels = (PART, *range(WIRES))
    permutation = Permutation.between(labels, labels, monomial(flips, WIRES).rows)
    there = permutation.positions()
    assert np.array_equal(there[permutation.inverse().positions()], np.arange(len(there)))


def test_large_indices_are_put_together_on_the_fly(monkeypatch):
    permutation = Permutation((4, 1, 2, 8))
    direct = np.asarray(linear._index(permutation))
    monkeypatch.setattr(linear, "_LARGEST_CONSTANT", 1)
    assert np.array_equal(np.asarray(linear._index(permutation)), direct)


def test_runs_of_still_bits():
    assert Permutation((1, 2, 8, 4)).still == 2
    assert Permutation((1, 2, 8, 5)).still == 0
    assert Permutation((1, 2, 4)).identity
