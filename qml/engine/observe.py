"""Expectation values of observables from states.

A Pauli string maps basis state x to x ^ flip with a sign s(x) and a power of -i, so that
<P> = Re((-i)^(number of Y) sum_x s(x) conj(psi(x)) psi(x ^ flip)), s the parity over its Y and Z.
Strings with equal flips share one pass.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from qml.circuits.observables import Observable, ZeroProjector
from qml.engine.layout import State, relabelled
from qml.engine.linear import pull_back
from qml.engine.operations import Flip, Phase
from qml.engine.walsh import analyze

Readouts = Sequence[Observable | ZeroProjector]


class _String(NamedTuple):
    column: int
    coefficient: float
    flip: int
    sign: int
    ys: int


def expect(state: State, observables: Readouts, tail: Sequence[Flip | Phase] = ()) -> Any:
    """Measure every observable.

    Args:
        state: States, any order of wires.
        observables: What to measure, after the tail.
        tail: CNOTs and phases still to come; they change what is read, not the state. Empty unless
            every observable is diagonal.

    Returns:
        Shape (B, observables), real.
    """
    groups: dict[int, list[_String]] = {}
    for string in _strings(observables, state.place, tail):
        groups.setdefault(string.flip, []).append(string)
    re, im = state.parts()
    found = jnp.zeros((len(observables), re.shape[1]), re.dtype)
    for flip, strings in groups.items():
        found += _measure(re, im, flip, strings, len(observables))
    projectors = [float(isinstance(o, ZeroProjector)) for o in observables]
    if any(projectors):
        weight = re[:1] ** 2 + im[:1] ** 2  # CNOTs and phases leave |0...0> where it is
        found += jnp.asarray(np.array(projectors)[:, None], re.dtype) * weight
    return found.T


def _strings(
    observables: Readouts, place: dict[int, int], tail: Sequence[Flip | Phase]
) -> list[_String]:
    def mask(string: Sequence[tuple[int, str]], letters: str) -> int:
        wires = pull_back(sum(1 << w for w, letter in string if letter in letters), tail)
        return relabelled(wires, place)

    return [
        _String(
            column,
            coefficient,
            mask(string, "XY"),
            mask(string, "YZ"),
            sum(letter == "Y" for _, letter in string),
        )
        for column, observable in enumerate(observables)
        if isinstance(observable, Observable)
        for coefficient, string in observable.terms
    ]


def _measure(re: Any, im: Any, flip: int, strings: Sequence[_String], columns: int) -> Any:
    masks = sorted({string.sign for string in strings})
    even, odd = (np.zeros((columns, len(masks))) for _ in range(2))
    for string in strings:
        table = odd if string.ys % 2 else even
        sign = 1 if string.ys % 4 < 2 else -1  # noqa: PLR2004 - (-i)^y
        table[string.column, masks.index(string.sign)] += sign * string.coefficient
    bits = re.shape[0].bit_length() - 1
    found = jnp.zeros((), re.dtype)
    other_re, other_im = _flipped(re, flip, bits), _flipped(im, flip, bits)
    if even.any():
        sums = analyze(masks, re * other_re + im * other_im, bits)
        found += jnp.asarray(even, re.dtype) @ sums
    if odd.any():
        sums = analyze(masks, re * other_im - im * other_re, bits)
        found += jnp.asarray(odd, re.dtype) @ sums
    return found


def _flipped(values: Any, flip: int, bits: int) -> Any:
    if not flip:
        return values
    axes = [j for j in range(bits) if flip >> (bits - 1 - j) & 1]
    cube = values.reshape(*(2,) * bits, -1)
    return jnp.flip(cube, axes).reshape(values.shape)
