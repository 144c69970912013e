"""Expectation values of observables from states.

Products of Z are read from the probabilities with one matrix of signs; other strings flip wires and
multiply by a phase.
"""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from qml.circuits.observables import Observable, ZeroProjector


def expect(psi: Any, observables: Sequence[Observable | ZeroProjector]) -> Any:
    """Measure every observable.

    Args:
        psi: Complex states, shape (B, 2**n).
        observables: What to measure.

    Returns:
        Shape (B, observables), real.
    """
    probabilities = jnp.real(psi) ** 2 + jnp.imag(psi) ** 2
    wires = psi.shape[1].bit_length() - 1
    columns = []
    for observable in observables:
        if isinstance(observable, ZeroProjector):
            columns.append(probabilities[:, 0])
            continue
        column = jnp.zeros(psi.shape[0], probabilities.dtype)
        for coefficient, string in observable.terms:
            flip, sign = masks(string, wires)
            if flip == 0:
                column += coefficient * (probabilities @ jnp.asarray(sign.real, column.dtype))
            else:
                other = psi[:, np.arange(psi.shape[1]) ^ flip]
                phase = jnp.asarray(sign, psi.dtype)
                column += coefficient * jnp.real(jnp.sum(jnp.conj(psi) * phase * other, axis=1))
        columns.append(column)
    return jnp.stack(columns, axis=1)


def masks(string: tuple[tuple[int, str], ...], wires: int) -> tuple[int, Any]:
    """Write a Pauli string as a flip of bits and a phase.

    Returns:
        `flip` and `phase` (2**wires,) with (P psi)[i] = phase[i] * psi[i ^ flip].
    """
    index = np.arange(2**wires)
    flip, phase = 0, np.ones(2**wires, dtype=np.complex128)
    for wire, letter in string:
        place = wires - 1 - wire
        bit = (index >> place) & 1
        if letter in "XY":
            flip |= 1 << place
        if letter == "Z":
            phase *= 1 - 2 * bit
        elif letter == "Y":
            phase *= np.where(bit == 1, 1j, -1j)
    return flip, phase
