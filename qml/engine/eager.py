"""States of layered circuits in NumPy, without a compiler."""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from qml.engine.layers import Layer
from qml.engine.local import expansion, one_angle
from qml.engine.operations import Angle, Factor, Phase
from qml.engine.walsh import signs

Floats = NDArray[np.float64]
Complex = NDArray[np.complex128]

_DIRECT_BITS = 12
_GROUP = 6
"""Wires whose gates are multiplied out into one matrix."""


def vectors(layer: Layer, angles: Floats) -> list[Complex]:
    """Return the state of each wire after the one-qubit gates of the first layer, (B, 2) each.

    Args:
        layer: The first layer.
        angles: Values of all parameters, shape (parameters, B).
    """
    found = []
    for factors in layer.factors:
        state = np.zeros((angles.shape[1], 2), dtype=np.complex128)
        state[:, 0] = 1
        for factor in factors:
            for part in one_angle(factor):
                state = np.einsum("bij,bj->bi", _matrix(part, angles), state)
        found.append(state)
    return found


def states(layers: Sequence[Layer], angles: Floats) -> Complex:
    """Return states, shape (B, 2**wires), wire 0 most significant, up to a global phase.

    Args:
        layers: The circuit.
        angles: Values of all parameters, shape (parameters, B).
    """
    wires = len(layers[0].factors)
    psi = np.ones((angles.shape[1], 1), dtype=np.complex128)
    for vector in vectors(layers[0], angles):
        psi = (psi[:, :, None] * vector[:, None, :]).reshape(len(psi), -1)
    psi = _shifted(psi, layers[0].phases, angles, wires)
    for layer in layers[1:]:
        psi = _turned(psi, layer, wires)
        psi = _shifted(psi, layer.phases, angles, wires)
    return psi


def _matrix(factor: Factor, angles: Floats) -> Complex:
    """Return the matrices of a gate, (B or 1, 2, 2)."""
    part = expansion(factor.name)
    if not factor.params:
        return part.constant[None]
    value = part.frequency * _values(factor.params[0], angles)[:, None, None]
    found: Complex = part.constant + part.cosine * np.cos(value) + part.sine * np.sin(value)
    return found


def _values(angle: Angle, angles: Floats) -> Floats:
    values = np.zeros(angles.shape[1]) if angle.slot is None else angle.scale * angles[angle.slot]
    found: Floats = values + angle.offset
    return found


def _shifted(psi: Complex, phases: Sequence[Phase], angles: Floats, wires: int) -> Complex:
    """Multiply by exp(i sum angle s)."""
    if not phases:
        return psi
    masks = [sum(1 << (wires - 1 - wire) for wire in phase.wires) for phase in phases]
    values = np.stack([_values(phase.angle, angles) for phase in phases], axis=1)
    total = _sums(masks, values, wires)
    turn = np.empty_like(psi)
    turn.real = np.cos(total)
    turn.imag = np.sin(total)
    turn *= psi
    return turn


def _sums(masks: Sequence[int], values: Floats, wires: int) -> Floats:
    """Return sum_j values[b, j] s_j(x), shape (B, 2**wires)."""
    if wires <= _DIRECT_BITS:
        return np.asarray(values @ signs(masks, wires).T)
    low = wires // 2
    high_signs = signs([mask >> low for mask in masks], wires - low)
    low_signs = signs([mask & ((1 << low) - 1) for mask in masks], low)
    found = np.matmul(values[:, None, :] * high_signs, low_signs.T)
    return np.asarray(found.reshape(len(values), -1))


def _turned(psi: Complex, layer: Layer, wires: int) -> Complex:
    """Apply the fixed one-qubit gates of a layer."""
    for start in range(0, wires, _GROUP):
        group = layer.factors[start : start + _GROUP]
        if not any(group):
            continue
        unitary = _together([_fixed(factors) for factors in group])
        rest = 1 << (wires - start - len(group))
        blocks = psi.reshape(-1, len(unitary), rest)
        psi = (np.matmul(unitary, blocks) if rest > 1 else blocks[..., 0] @ unitary.T).reshape(
            len(psi), -1
        )
    return psi


def _together(matrices: Sequence[Complex]) -> Complex:
    """Return the Kronecker product of 2x2 matrices, the first most significant."""
    found = matrices[0]
    for matrix in matrices[1:]:
        size = 2 * len(found)
        found = (found[:, None, :, None] * matrix[None, :, None, :]).reshape(size, size)
    return found


def _fixed(factors: Sequence[Factor]) -> Complex:
    found = np.eye(2, dtype=np.complex128)
    for factor in factors:
        for part in one_angle(factor):
            found = _matrix(part, np.zeros((0, 1)))[0] @ found
    return found


def fidelity_of_products(left: Sequence[Complex], right: Sequence[Complex]) -> Floats:
    """Return |<a|b>|^2 of product states, from the states of their wires; (M, N)."""
    return np.asarray(prod(fidelity(a, b) for a, b in zip(left, right, strict=True)))


def fidelity(left: Complex, right: Complex) -> Floats:
    """Return |<a|b>|^2, (M, N)."""
    product = left @ right.conj().T
    return np.asarray(product.real**2 + product.imag**2)
