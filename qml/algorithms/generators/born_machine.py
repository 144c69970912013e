"""A Born machine: the probabilities |<x|U(theta)|0>|^2 of a layered circuit, trained by MMD.

The distribution is exact on the engine, and so is the gradient; what `iqp` can train without a
state, this model cannot, so it ends where state vectors do. Strongest rival: a restricted Boltzmann
machine.

References:
    Liu and Wang, Phys. Rev. A 98, 062324 (2018), arXiv:1804.04168.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np

from qml.algorithms.ansatze.base import Ansatz
from qml.algorithms.generators.base import Generator, Parities, no_memory
from qml.algorithms.generators.matching import matching
from qml.algorithms.generators.transform import walsh
from qml.algorithms.models import Params
from qml.circuits import Circuit, CircuitModel, Gate
from qml.config.sections import ModelSection
from qml.errors import PlanError
from qml.plugins import load
from qml.results import mmd

SETTINGS: Mapping[str, Any] = {"learning_rate": 0.02, "steps": 500}


def build(section: ModelSection, bits: int) -> Generator:
    """Build the circuit: `model.layers` layers of `model.ansatz`.

    Raises:
        PlanError: The state would not fit.
    """
    if bits > mmd.MOST_BITS:
        raise PlanError(
            f"a born_machine of {bits} bits would need its state at every step;"
            f" {mmd.MOST_BITS} are the most",
            hint="model.kind = 'iqp' trains without a state",
        )
    family = _family(section, bits)

    def spectrum(params: Any) -> Any:
        from qml.engine import states

        dtype = params["weights"].dtype
        state = states(family, precision=str(dtype))(jnp.zeros((1, 0), dtype), params["weights"])[0]
        return walsh(jnp.abs(state) ** 2, bits)

    def circuit(params: Params) -> Circuit:
        return family.build(np.zeros(0), np.asarray(params["weights"], dtype=float))

    def parities(params: Params, operators: Any, seed: int) -> Parities:
        del seed
        mean = mmd.walsh(_probabilities(circuit(params)))[mmd.indices(operators)]
        return Parities(mean, mean**2)

    def init(rows: Any, seed: int) -> Params:
        del rows
        draw = load("initialisations", section.initialisation).draw
        weights = draw(family.weights_shape, layers=section.layers, locality=bits, seed=seed)
        return {"weights": np.asarray(weights)}

    return Generator(
        kind="born_machine",
        bits=bits,
        layers=section.layers,
        init=init,
        memory=no_memory,
        look=matching(section.generator, bits, spectrum, None),
        probabilities=lambda params: _probabilities(circuit(params)),
        parities=parities,
        circuit=circuit,
    )


def _family(section: ModelSection, bits: int) -> CircuitModel:
    ansatz: Ansatz = load("ansatze", section.ansatz)

    def gates(weights: Any) -> Iterator[Gate]:
        for index in range(section.layers):
            yield from ansatz.layer(weights[index], bits, index)

    return CircuitModel(
        wires=bits,
        features=0,
        weights_shape=(section.layers, *ansatz.shape(bits)),
        build=lambda inputs, weights: Circuit.of(bits, gates(weights)),  # noqa: ARG005 - no inputs
        observables=(),
    )


def _probabilities(circuit: Circuit) -> Any:
    import jax

    from qml.engine import probabilities

    precision = "float64" if jax.config.jax_enable_x64 else "float32"
    return probabilities([circuit], precision=precision)[0]
