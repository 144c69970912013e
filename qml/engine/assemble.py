"""Matrices of blocks, those of equal shape built together."""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from qml.engine.angles import Angles
from qml.engine.gather import pick, unstack
from qml.engine.linear import Monomial, monomial
from qml.engine.local import runs
from qml.engine.operations import Flip, Phase
from qml.engine.schedule import Block, Level
from qml.engine.walsh import signs


def block_matrices(blocks: Sequence[Block], angles: Angles, dtype: Any) -> list[Any]:
    """Return the unitary of each block in real form, (2K, 2K) = [[Re, -Im], [Im, Re]]."""
    groups: dict[tuple[int, int], list[int]] = {}
    for place, block in enumerate(blocks):
        groups.setdefault((len(block.wires), len(block.levels)), []).append(place)
    found: dict[int, Any] = {}
    for places in groups.values():
        real = _real_form(_unitaries([blocks[p] for p in places], angles, dtype))
        found |= dict(zip(places, unstack(real), strict=True))
    return [found[place] for place in range(len(blocks))]


def _unitaries(blocks: Sequence[Block], angles: Angles, dtype: Any) -> Any:
    """Unitaries of blocks with equal numbers of wires and levels, (blocks, K, K)."""
    width, depth = len(blocks[0].wires), len(blocks[0].levels)
    levels = [[block.levels[level] for block in blocks] for level in range(depth)]
    gates = runs(
        [
            level.locals.get(wire, ())
            for row in levels
            for block, level in zip(blocks, row, strict=True)
            for wire in block.wires
        ],
        angles,
        dtype,
    )
    matrix = kron(gates.reshape(depth * len(blocks), width, 2, 2))
    within = [
        _within(block, level) for row in levels for block, level in zip(blocks, row, strict=True)
    ]
    matrix = _permuted_and_phased(within, matrix, angles)
    unitary, *later = unstack(matrix.reshape(depth, len(blocks), *matrix.shape[1:]))
    for layer in later:
        unitary = layer @ unitary
    return unitary


def kron(factors: Any) -> Any:
    """Kronecker products of (blocks, width, 2, 2), the first factor most significant."""
    blocks, width = factors.shape[:2]
    if width == 1:
        return factors[:, 0]
    even, size = width - width % 2, factors.shape[2]
    paired, *last = jnp.split(factors, [even], axis=1) if width % 2 else [factors]
    a, b = unstack(paired.reshape(blocks * even // 2, 2, size, size), axis=1)
    product = _kron(a, b).reshape(blocks, even // 2, size * size, size * size)
    if not last:
        return kron(product)
    return _kron(kron(product), last[0][:, 0])


def _kron(a: Any, b: Any) -> Any:
    size = a.shape[1] * b.shape[1]
    return (a[:, :, None, :, None] * b[:, None, :, None, :]).reshape(-1, size, size)


def _permuted_and_phased(within: Sequence[Monomial], matrix: Any, angles: Angles) -> Any:
    width = len(within[0].rows)
    index = np.array([_index(move, width) for move in within])
    if (index != np.arange(1 << width)).any():
        flat = (index + (np.arange(len(within)) << width)[:, None]).reshape(-1)
        matrix = pick(matrix.reshape(-1, matrix.shape[2]), flat).reshape(matrix.shape)
    if any(move.terms for move in within):
        matrix = matrix * _phases(within, width, angles).astype(matrix.dtype)[:, :, None]
    return matrix


def _within(block: Block, level: Level) -> Monomial:
    """Number the wires of the block so that its last wire is bit 0."""
    place = {wire: len(block.wires) - 1 - i for i, wire in enumerate(block.wires)}
    return monomial([_renamed(o, place) for o in level.after], len(block.wires))


def _renamed(operation: Flip | Phase, place: dict[int, int]) -> Flip | Phase:
    if isinstance(operation, Flip):
        return Flip(place[operation.control], place[operation.target])
    return operation._replace(wires=tuple(place[w] for w in operation.wires))


def _index(move: Monomial, width: int) -> Any:
    target = np.arange(1 << width)
    return sum(
        ((np.bitwise_count(target & mask) & 1).astype(np.int64) << bit)
        for bit, mask in enumerate(move.rows)
    )


def _phases(within: Sequence[Monomial], width: int, angles: Angles) -> Any:
    """exp(i sum of terms) for each matrix, (matrices, K)."""
    terms = [(i, term) for i, move in enumerate(within) for term in move.terms]
    table = np.zeros((len(within), 1 << width, len(terms)))
    for j, (i, term) in enumerate(terms):
        table[i, :, j] = signs([term.mask], width)[:, 0]
    values = angles.values([term.angle for _, term in terms])
    return jnp.exp(1j * (jnp.asarray(table, values.dtype) @ values))


def _real_form(unitary: Any) -> Any:
    re, im = jnp.real(unitary), jnp.imag(unitary)
    return jnp.concatenate(
        [jnp.concatenate([re, -im], axis=2), jnp.concatenate([im, re], axis=2)], axis=1
    )
