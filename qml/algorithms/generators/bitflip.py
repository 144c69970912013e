"""Stochastic bit flips: what is left of `iqp` without coherence.

From 0...0 each gate flips its set of bits g_j with probability sin^2(theta_j), independently, so

    <Z_a> = prod_{j: g_j.a odd} cos(2 theta_j).

It is the strongest way to ask whether an IQP circuit's interference is used at all. The loss and
the gates are those of `iqp`.

References:
    Recio-Armengol, Ahmed, Bowles (2025), arXiv:2503.02934, appendix on the bit-flip model.
"""

from collections.abc import Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.generators.base import Bits, Floats, Generator, Parities, no_memory
from qml.algorithms.generators.interactions import first_angles, interactions
from qml.algorithms.generators.matching import matching
from qml.algorithms.generators.transform import places, spread_out, walsh
from qml.config.sections import ModelSection
from qml.results import mmd

SETTINGS: Mapping[str, Any] = {"learning_rate": 0.003, "steps": 1000}
TINY = 1e-12
"""Cosines are kept this far from zero, where their logarithm ends."""
_CHUNK = 2**24


def build(section: ModelSection, bits: int) -> Generator:
    """Build the model with a flip of every set of at most `model.generator.locality` bits."""
    settings = section.generator
    gates = interactions(bits, settings.locality)
    where = places(gates)

    def spectrum(params: Any) -> Any:
        """All products at once: sums over crossed gates are (total - Walsh transform) / 2."""
        cosines = jnp.cos(2.0 * params["angles"])
        logarithms = spread_out(jnp.log(jnp.abs(cosines) + TINY), where, bits)
        negative = spread_out((cosines < 0).astype(cosines.dtype), where, bits)
        size = jnp.exp((logarithms.sum() - walsh(logarithms, bits)) / 2.0)
        flips = jnp.round((negative.sum() - walsh(negative, bits)) / 2.0)
        return size * (1.0 - 2.0 * jnp.mod(flips, 2.0))

    def estimated(params: Any, operators: Any, key: Any) -> tuple[Any, Any]:
        del key
        crossed = jnp.mod(operators @ jnp.asarray(gates, operators.dtype).T, 2.0)
        mean = jnp.prod(1.0 + crossed * (jnp.cos(2.0 * params["angles"]) - 1.0), axis=1)
        return mean, mean**2

    def parities(params: Any, operators: Any, seed: int) -> Parities:
        del seed
        mean = expectation(params["angles"], gates, operators)
        return Parities(mean, mean**2)

    return Generator(
        kind="bitflip",
        bits=bits,
        layers=1,
        init=lambda rows, seed: first_angles(settings, gates, rows, seed),
        memory=no_memory,
        look=matching(settings, bits, spectrum, estimated),
        probabilities=lambda params: probabilities(params["angles"], gates),
        parities=parities,
        draw=lambda params, count, seed: draw(params["angles"], gates, count, seed),
    )


def expectation(angles: Any, gates: NDArray[np.int8], operators: NDArray[np.int8]) -> Floats:
    """Return <Z_a> of every operator, shape (K,)."""
    crossed = (operators.astype(np.int64) @ gates.T.astype(np.int64)) % 2
    cosines = np.cos(2.0 * np.asarray(angles, dtype=float))
    found: Floats = np.prod(np.where(crossed == 1, cosines, 1.0), axis=1)
    return found


def probabilities(angles: Any, gates: NDArray[np.int8]) -> Floats:
    """Return the exact distribution, the convolution of all flips; shape (2**bits,)."""
    bits = gates.shape[1]
    cosines = np.cos(2.0 * np.asarray(angles, dtype=float))
    where = places(gates)
    logarithms, negative = np.zeros(2**bits), np.zeros(2**bits)
    logarithms[where] = np.log(np.maximum(np.abs(cosines), np.finfo(float).tiny))
    negative[where] = cosines < 0
    size = np.exp((logarithms.sum() - mmd.walsh(logarithms)) / 2.0)
    flips = np.round((negative.sum() - mmd.walsh(negative)) / 2.0)
    spectrum = size * np.where(flips % 2 == 1, -1.0, 1.0)
    found: Floats = np.clip(mmd.walsh(spectrum) / 2.0**bits, 0.0, None)
    found /= found.sum()
    return found


def draw(angles: Any, gates: NDArray[np.int8], count: int, seed: int) -> Bits:
    """Flip from zero, count times; shape (count, bits)."""
    random = np.random.default_rng(seed)
    chances = np.sin(np.asarray(angles, dtype=float)) ** 2
    step = max(1, _CHUNK // len(gates))
    parts = [
        (random.random((min(step, count - start), len(gates))) < chances).astype(np.float32)
        @ gates.astype(np.float32)
        for start in range(0, count, step)
    ]
    found: Bits = (np.concatenate(parts) % 2).astype(np.int8)
    return found
