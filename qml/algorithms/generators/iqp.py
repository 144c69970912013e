"""A parametrised IQP circuit, prod_j exp(i theta_j X^g_j) on |0...0>, measured in Z.

It is trained on this machine by parities, since

    <Z_a> = E_z cos( 2 sum_{j: g_j.a odd} theta_j (-1)^(g_j.z) ),    z uniform,

is easy to estimate for any number of bits; its strings are sampled from a circuit. Strongest
rivals: a restricted Boltzmann machine, and `bitflip`, the same gates without coherence.

References:
    Recio-Armengol, Ahmed, Bowles (2025), arXiv:2503.02934 and arXiv:2501.04776.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.generators.base import Floats, Generator, Parities, no_memory
from qml.algorithms.generators.interactions import first_angles, interactions
from qml.algorithms.generators.matching import matching, signs
from qml.algorithms.generators.transform import places, spread_out, walsh
from qml.algorithms.models import Params
from qml.circuits import Circuit, Gate
from qml.config.sections import ModelSection
from qml.results import mmd

SETTINGS: Mapping[str, Any] = {"learning_rate": 0.005, "steps": 1000}
HALF = 2_000
"""Random strings of each of the two halves that judge a model of many bits."""
_CHUNK = 2**23


def build(section: ModelSection, bits: int) -> Generator:
    """Build the circuit with a gate on every set of at most `model.generator.locality` bits."""
    settings = section.generator
    gates = interactions(bits, settings.locality)
    where = places(gates)

    def spectrum(params: Any) -> Any:
        """All parities, from the exact distribution."""
        phases = walsh(spread_out(params["angles"], where, bits), bits)
        real, imaginary = walsh(jnp.cos(phases), bits), walsh(jnp.sin(phases), bits)
        return walsh((real**2 + imaginary**2) / 4.0**bits, bits)

    def estimated(params: Any, operators: Any, key: Any) -> tuple[Any, Any]:
        half = (settings.strings // 2, bits)
        draws = (jax.random.bernoulli(k, 0.5, half) for k in jax.random.split(key))
        first, second = (
            _cosines(params["angles"], gates, operators, z.astype(operators.dtype)).mean(axis=1)
            for z in draws
        )
        return (first + second) / 2.0, first * second

    return Generator(
        kind="iqp",
        bits=bits,
        layers=1,
        init=lambda rows, seed: first_angles(settings, gates, rows, seed),
        memory=no_memory,
        look=matching(settings, bits, spectrum, estimated),
        probabilities=lambda params: probabilities(params["angles"], gates),
        parities=lambda params, operators, seed: _parities(params, gates, operators, seed),
        circuit=lambda params: circuit(params["angles"], gates),
    )


def probabilities(angles: Any, gates: NDArray[np.int8]) -> Floats:
    """Return the exact distribution, |H exp(i sum_j theta_j Z^g_j) H |0>|^2; shape (2**bits,)."""
    bits = gates.shape[1]
    phases = np.zeros(2**bits)
    np.add.at(phases, places(gates), np.asarray(angles, dtype=float))
    phases = mmd.walsh(phases)
    amplitudes = (mmd.walsh(np.cos(phases)) + 1j * mmd.walsh(np.sin(phases))) / 2.0**bits
    found: Floats = np.abs(amplitudes) ** 2
    return found


def expectation(
    angles: Any, gates: NDArray[np.int8], operators: NDArray[np.int8], strings: NDArray[np.int8]
) -> Floats:
    """Return <Z_a> as the mean over strings z; exact where they are all strings.

    Args:
        angles: Shape (gates,), radians.
        gates: Shape (gates, bits).
        operators: Shape (K, bits).
        strings: Shape (S, bits).
    """
    table = np.asarray(gates, dtype=float)
    parity = 1.0 - 2.0 * ((np.asarray(strings, dtype=float) @ table.T) % 2)
    turned = (2.0 * np.asarray(angles, dtype=float) * parity).T
    step = max(1, _CHUNK // max(turned.shape))
    parts = [
        np.cos(((np.asarray(operators[i : i + step], dtype=float) @ table.T) % 2) @ turned)
        for i in range(0, len(operators), step)
    ]
    found: Floats = np.concatenate([part.mean(axis=1) for part in parts])
    return found


def circuit(angles: Any, gates: NDArray[np.int8]) -> Circuit:
    """Return the circuit between two layers of Hadamards, where X^g is Z^g: ladders of CNOTs.

    Gates whose angle is exactly zero are left out.
    """
    bits = gates.shape[1]

    def listed() -> Iterator[Gate]:
        yield from (Gate("h", (wire,)) for wire in range(bits))
        for angle, row in zip(np.asarray(angles, dtype=float).tolist(), gates, strict=True):
            if angle:
                yield from _phase(angle, tuple(np.flatnonzero(row).tolist()))
        yield from (Gate("h", (wire,)) for wire in range(bits))

    return Circuit.of(bits, listed())


def _phase(angle: float, wires: tuple[int, ...]) -> Iterator[Gate]:
    """Yield exp(i angle Z...Z): an Rz or Rzz, with a ladder that gathers the parity before it."""
    if len(wires) == 1:
        yield Gate("rz", wires, (-2.0 * angle,))
        return
    ladder = [Gate("cnot", pair) for pair in pairwise(wires[:-1])]
    yield from ladder
    yield Gate("rzz", wires[-2:], (-2.0 * angle,))
    yield from reversed(ladder)


def _cosines(angles: Any, gates: Any, operators: Any, strings: Any) -> Any:
    """Return cos(2 sum_j ...) for each operator and string, shape (operators, strings)."""
    table = jnp.asarray(gates, operators.dtype)
    crossed = jnp.mod(operators @ table.T, 2.0)
    return jnp.cos(2.0 * (crossed * angles) @ signs(table, strings))


def _parities(params: Params, gates: NDArray[np.int8], operators: Any, seed: int) -> Parities:
    random = np.random.default_rng(seed)
    first, second = (
        expectation(
            params["angles"],
            gates,
            operators,
            random.integers(0, 2, (HALF, gates.shape[1]), dtype=np.int8),
        )
        for _ in range(2)
    )
    return Parities((first + second) / 2.0, first * second)
