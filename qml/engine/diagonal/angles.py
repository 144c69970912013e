"""Sine and cosine of many angles at once.

XLA's own take twenty times as long on a processor as the rest of a layer: they mind angles of 1e30.
A phase gamma E is at most some thousands, and its rounding is the larger error.
"""

from math import factorial
from typing import Any

import jax.numpy as jnp

_TERMS = {4: 6, 8: 12}
"""Terms of Taylor's series by bytes of a number: (pi / 2)^(2 terms + 1) is below its rounding."""
_TURN_HIGH = 6.28125
"""First bits of 2 pi: its product with a whole number up to 2**13 is exact in single precision."""
_TURN_LOW = 1.9353071795864769e-3
"""The rest of 2 pi."""


def cos_sin(angles: Any) -> tuple[Any, Any]:
    """Return cosine and sine of angles in radians, of the same shape and data type.

    The error is that of rounding the angles. After full turns are taken off, series in the half
    angle, at most a quarter turn, are squared.
    """
    turns = jnp.round(angles * (1 / (_TURN_HIGH + _TURN_LOW)))
    half = ((angles - turns * _TURN_HIGH) - turns * _TURN_LOW) / 2
    square = half * half
    terms = _TERMS[jnp.dtype(half.dtype).itemsize]
    cosine = _series(square, [(-1) ** k / factorial(2 * k) for k in range(terms + 1)])
    sine = half * _series(square, [(-1) ** k / factorial(2 * k + 1) for k in range(terms)])
    return 1 - 2 * sine * sine, 2 * sine * cosine


def _series(x: Any, coefficients: list[float]) -> Any:
    """Evaluate a polynomial, lowest power first, by Horner's rule."""
    found = jnp.full_like(x, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        found = found * x + coefficient
    return found
