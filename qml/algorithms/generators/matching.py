"""The loss of models that are trained by matching parities: MMD^2 in its operator form.

MMD^2 = E_a (<Z_a>_p - <Z_a>_q)^2, with the bits of a drawn as `results.mmd` says, averaged over the
bandwidths. Up to `EXACT_BITS` all operators are looked at; beyond, each step draws some, estimates
<Z_a>_p^2 without bias, and leaves out the square of the data's mean, which no angle changes.

References:
    Recio-Armengol, Ahmed, Bowles (2025), arXiv:2503.02934.
"""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from qml.algorithms.generators.base import Look
from qml.algorithms.generators.transform import places, walsh
from qml.config.sections import GeneratorSection
from qml.results.mmd import flip_probability, operator_weights

EXACT_BITS = 16
DRAWN = 512

Spectrum = Callable[[Any], Any]
"""`params -> <Z_a>` for every a, shape (2**bits,), by index."""

Estimated = Callable[[Any, Any, Any], tuple[Any, Any]]
"""`(params, operators (K, bits), key) -> (<Z_a>, unbiased <Z_a>^2)`."""


def matching(
    section: GeneratorSection, bits: int, spectrum: Spectrum, estimated: Estimated | None
) -> Callable[[Any, Any, Any, Any, Any], Look]:
    """Return the `look` of a model.

    Args:
        section: `[model.generator]`: `sigmas`, `operators`.
        bits: Length of a string.
        spectrum: All parities at once.
        estimated: Some of them, or None where the model always computes all.
    """
    if estimated is None or (section.operators is None and bits <= EXACT_BITS):
        loss = _exact(section.sigmas, bits, spectrum)
    else:
        loss = _drawn(section.sigmas, bits, section.operators or DRAWN, estimated)

    def look(params: Any, memory: Any, rows: Any, mask: Any, key: Any) -> Look:
        value, gradient = jax.value_and_grad(loss)(params, rows, mask, key)
        return Look(value, gradient, memory)

    return look


def signs(operators: Any, rows: Any) -> Any:
    """Return Z_a(x) = (-1)^(a.x), shape (operators, rows)."""
    return 1.0 - 2.0 * jnp.mod(operators @ rows.T, 2.0)


def _exact(sigmas: Sequence[float], bits: int, spectrum: Spectrum) -> Callable[..., Any]:
    weights = operator_weights(bits, sigmas)
    ones = places(np.eye(bits, dtype=np.int64))

    def loss(params: Any, rows: Any, mask: Any, key: Any) -> Any:
        del key
        index = rows.astype(jnp.int32) @ jnp.asarray(ones, jnp.int32)
        seen = jnp.zeros(2**bits, rows.dtype).at[index].add(mask / mask.sum())
        apart = spectrum(params) - walsh(seen, bits)
        return jnp.asarray(weights, apart.dtype) @ apart**2

    return loss


def _drawn(
    sigmas: Sequence[float], bits: int, count: int, estimated: Estimated
) -> Callable[..., Any]:
    chances = np.resize([flip_probability(sigma) for sigma in sigmas], count)

    def loss(params: Any, rows: Any, mask: Any, key: Any) -> Any:
        first, second = jax.random.split(key)
        drawn = jax.random.bernoulli(first, jnp.asarray(chances)[:, None], (count, bits))
        operators = drawn.astype(rows.dtype)
        seen = signs(operators, rows) @ mask / mask.sum()
        mean, square = estimated(params, operators, second)
        return jnp.mean(square - 2.0 * mean * seen + seen**2)

    return loss
