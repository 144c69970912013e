"""A restricted Boltzmann machine, p(v) ~ exp(b.v) prod_h (1 + exp(c_h + v.W_h)).

Trained by persistent contrastive divergence: the gradient of the log-likelihood, with the model's
own expectation taken over chains that live from step to step. The loss that is shown is the
pseudo-negative-log-likelihood in nats, one bit of each row drawn at random.

References:
    Tieleman, ICML 2008 (persistent chains); Hinton (2012), "A practical guide to training RBMs".
"""

from collections.abc import Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logsumexp

from qml.algorithms.generators.base import Bits, Floats, Generator, Look, Parities
from qml.algorithms.models import Params
from qml.config.sections import ModelSection

SETTINGS: Mapping[str, Any] = {"learning_rate": 0.01, "steps": 3000, "batch_size": 250}
HIDDEN_PER_BIT = 4
FIRST_WEIGHTS = 0.01
JUDGED = 5_000
"""Strings of each of the two halves that judge a model of many bits."""
_CHUNK = 2**14


def build(section: ModelSection, bits: int) -> Generator:
    """Build the machine with `model.generator.hidden` hidden units."""
    settings = section.generator
    hidden = settings.hidden or HIDDEN_PER_BIT * bits

    def look(params: Any, memory: Any, rows: Any, mask: Any, key: Any) -> Look:
        sweeps, flips = jax.random.split(key)
        chains = _sweeps(params, memory.astype(rows.dtype), sweeps, settings.gibbs)
        even = jnp.full(len(chains), 1.0 / len(chains), rows.dtype)

        def contrast(p: Any) -> Any:
            """Mean free energy of the rows minus that of the chains: its slope is the gradient."""
            return free_energy(p, rows) @ mask / mask.sum() - free_energy(p, chains) @ even

        loss = _pseudo_likelihood(params, rows, mask, flips)
        return Look(loss, jax.grad(contrast)(params), chains)

    def draw(params: Params, count: int, seed: int) -> Bits:
        return _draw(params, count, seed, settings.burn_in)

    def parities(params: Params, operators: Any, seed: int) -> Parities:
        return _parities(draw(params, 2 * JUDGED, seed), operators)

    return Generator(
        kind="rbm",
        bits=bits,
        layers=1,
        init=lambda rows, seed: _first(rows, hidden, seed),
        memory=lambda rows, seed: _first_chains(rows, settings.chains, seed),
        look=look,
        probabilities=lambda params: probabilities(params, bits),
        parities=parities,
        draw=draw,
    )


def free_energy(params: Any, rows: Any) -> Any:
    """Return -b.v - sum_h log(1 + exp(c_h + v.W_h)) of each row, shape (rows,)."""
    inputs = rows @ params["weights"] + params["hidden_bias"]
    return -rows @ params["visible_bias"] - jax.nn.softplus(inputs).sum(axis=1)


def probabilities(params: Params, bits: int) -> Floats:
    """Return the exact distribution by summing over all strings, shape (2**bits,)."""
    weights, hidden, visible = (
        np.asarray(params[name], dtype=float) for name in ("weights", "hidden_bias", "visible_bias")
    )
    minus = np.empty(2**bits)
    shifts = np.arange(bits - 1, -1, -1)
    for start in range(0, 2**bits, _CHUNK):
        index = np.arange(start, min(start + _CHUNK, 2**bits))
        rows = ((index[:, None] >> shifts) & 1).astype(float)
        minus[index] = rows @ visible + np.logaddexp(0.0, rows @ weights + hidden).sum(axis=1)
    found: Floats = np.exp(minus - float(logsumexp(minus)))
    found /= found.sum()
    return found


def _sweeps(params: Any, chains: Any, key: Any, count: int) -> Any:
    def sweep(state: Any, k: Any) -> tuple[Any, None]:
        up, down = jax.random.split(k)
        inputs = state @ params["weights"] + params["hidden_bias"]
        units = jax.random.bernoulli(up, jax.nn.sigmoid(inputs)).astype(state.dtype)
        back = units @ params["weights"].T + params["visible_bias"]
        return jax.random.bernoulli(down, jax.nn.sigmoid(back)).astype(state.dtype), None

    return jax.lax.scan(sweep, chains, jax.random.split(key, count))[0]


def _pseudo_likelihood(params: Any, rows: Any, mask: Any, key: Any) -> Any:
    bits = rows.shape[1]
    place = jax.random.randint(key, (len(rows),), 0, bits)
    flipped = jnp.abs(rows - jax.nn.one_hot(place, bits, dtype=rows.dtype))
    rise = free_energy(params, flipped) - free_energy(params, rows)
    return bits * (jax.nn.softplus(-rise) @ mask) / mask.sum()


def _first(rows: Any, hidden: int, seed: int) -> Params:
    """Small weights; the visible biases are the log-odds of the means (Hinton 2012, section 8)."""
    data = np.asarray(rows, dtype=float)
    means = np.clip(data.mean(axis=0), 1.0 / (len(data) + 2.0), 1.0 - 1.0 / (len(data) + 2.0))
    random = np.random.default_rng(seed)
    return {
        "weights": FIRST_WEIGHTS * random.standard_normal((data.shape[1], hidden)),
        "visible_bias": np.log(means / (1.0 - means)),
        "hidden_bias": np.zeros(hidden),
    }


def _first_chains(rows: Any, count: int, seed: int) -> Any:
    """Start the chains at rows of the data."""
    chosen = np.random.default_rng(seed).integers(0, len(rows), count)
    return np.asarray(rows)[chosen]


def _draw(params: Params, count: int, seed: int, sweeps: int) -> Bits:
    """Run one chain for each string from a random start.

    The couplings grow over the first half of the sweeps, so that chains share themselves out over
    the modes before the walls between them are high.
    """
    weights, hidden, visible = (
        np.asarray(params[name], dtype=np.float32)
        for name in ("weights", "hidden_bias", "visible_bias")
    )
    random = np.random.default_rng(seed)
    state = random.integers(0, 2, (count, len(visible))).astype(np.float32)
    for sweep in range(sweeps):
        coupling = weights * np.float32(min(1.0, 2.0 * (sweep + 1) / sweeps))
        units = _flip(random, state @ coupling + hidden)
        state = _flip(random, units @ coupling.T + visible)
    return state.astype(np.int8)


def _flip(random: np.random.Generator, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    return (random.random(inputs.shape, dtype=np.float32) < expit(inputs)).astype(np.float32)


def _parities(rows: Bits, operators: Any) -> Parities:
    crossed = np.asarray(operators, dtype=np.float32) @ rows.T.astype(np.float32)
    signs = 1.0 - 2.0 * (crossed % 2)
    first, second = signs[:, :JUDGED].mean(axis=1), signs[:, JUDGED:].mean(axis=1)
    return Parities(((first + second) / 2.0).astype(float), (first * second).astype(float))
