"""2x2 matrices of many one-qubit gates at once.

The matrix of a gate with one angle is C0 + C1 cos(f t) + C2 sin(f t) with constant C0, C1, C2 and
f = 1 or 1/2. So all gates of a circuit, whatever their names, are evaluated by one expression.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import pi
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.circuits.gates import TURN, matrix, spec
from qml.engine.angles import Angles
from qml.engine.gather import unstack
from qml.engine.operations import Factor, constant

IDENTITY = Factor("id", ())


class Expansion(NamedTuple):
    """A gate's matrix: constant + cosine cos(frequency angle) + sine sin(frequency angle)."""

    frequency: float
    constant: NDArray[np.complex128]
    cosine: NDArray[np.complex128]
    sine: NDArray[np.complex128]


def one_angle(factor: Factor) -> Iterator[Factor]:
    """Split a gate into gates of at most one angle that enters as sine and cosine."""
    if factor.name == "u3":
        theta, phi, lam = factor.params
        yield Factor("phase", (lam,))
        yield Factor("ry", (theta,))
        yield Factor("phase", (phi,))
    elif factor.name in {"gpi", "gpi2"}:
        turn = factor.params[0]
        yield Factor("rz", (turn.times(-TURN),))
        yield Factor("x", ()) if factor.name == "gpi" else Factor("rx", (constant(pi / 2),))
        yield Factor("rz", (turn.times(TURN),))
    else:
        yield factor


def matrices(factors: Sequence[Factor], angles: Angles, dtype: Any, *, batched: bool) -> Any:
    """Evaluate gates of at most one angle: (factors, 2, 2), or (factors, B, 2, 2) if batched."""
    parts = [expansion(factor.name) for factor in factors]
    terms = [
        factor.params[0].times(part.frequency) if factor.params else constant(0.0)
        for factor, part in zip(factors, parts, strict=True)
    ]
    fixed = np.stack([part.constant for part in parts])
    cosine = np.stack([part.cosine for part in parts])
    sine = np.stack([part.sine for part in parts])
    if all(term.slot is None for term in terms):
        value = np.array([term.offset for term in terms])[:, None, None]
        found = jnp.asarray(fixed + cosine * np.cos(value) + sine * np.sin(value), dtype)
        return found[:, None] if batched else found
    value = angles.values(terms, batched=batched)[..., None, None]
    if batched:
        fixed, cosine, sine = (v[:, None] for v in (fixed, cosine, sine))
    fixed, cosine, sine = (jnp.asarray(v, dtype) for v in (fixed, cosine, sine))
    return fixed + cosine * jnp.cos(value) + sine * jnp.sin(value)


@lru_cache(maxsize=64)
def expansion(name: str) -> Expansion:
    """Read C0, C1, C2 off the gate's own matrix."""
    zero = np.zeros((2, 2), dtype=np.complex128)
    if not spec(name).params:
        return Expansion(1.0, np.asarray(matrix(name)), zero, zero)
    frequency = 1.0 if name == "phase" else 0.5
    at = [np.asarray(matrix(name, (a / frequency,))) for a in (0.0, pi / 2, pi)]
    fixed = (at[0] + at[2]) / 2
    return Expansion(frequency, fixed, (at[0] - at[2]) / 2, at[1] - fixed)


def multiply(second: Any, first: Any) -> Any:
    """Multiply 2x2 matrices over all leading axes, without calling a matrix product."""
    return (second[..., :, :, None] * first[..., None, :, :]).sum(axis=-2)


def runs(runs_: Sequence[Sequence[Factor]], angles: Angles, dtype: Any) -> Any:
    """Multiply out runs of gates that do not depend on the inputs, first in time first.

    Returns:
        Shape (runs, 2, 2); an empty run gives the identity.
    """
    split = [[part for factor in run for part in one_angle(factor)] for run in runs_]
    longest = max(1, *map(len, split))
    steps = [run[t] if t < len(run) else IDENTITY for t in range(longest) for run in split]
    table = matrices(steps, angles, dtype, batched=False).reshape(longest, len(split), 2, 2)
    product, *later = unstack(table)
    for step in later:
        product = multiply(step, product)
    return product
