"""A circuit family traced once: fixed gates, and one JAX function for all its angles.

Tracing finds which angles depend on the inputs, on the weights, on both or on neither, so that the
engine
keeps what does not depend on the sample unbatched, and shift rules know each gate's angle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from qml.circuits.circuit import Circuit, Gate
from qml.circuits.model import CircuitModel
from qml.errors import CircuitError
from qml.files import digest_json


@dataclass(frozen=True, slots=True)
class Slot:
    """Place of a gate parameter in the vector of angles."""

    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Gates whose parameters are constants or slots.

    Attributes:
        wires: Number of wires.
        gates: Gates; each parameter is a float or a `Slot`.
        angles: `(inputs (features,), weights) -> (slots,)`, traceable by JAX.
        on_inputs: For each slot, whether it depends on the inputs.
        on_weights: For each slot, whether it depends on the weights.
    """

    wires: int
    gates: tuple[Gate, ...]
    angles: Callable[[Any, Any], Any]
    on_inputs: tuple[bool, ...]
    on_weights: tuple[bool, ...]

    @property
    def slots(self) -> int:
        """Number of slots."""
        return len(self.on_inputs)

    def bind(self, angles: Any) -> Circuit:
        """Fill the slots.

        Args:
            angles: Values, shape (slots,).
        """
        values = np.asarray(angles, dtype=float).tolist()
        return Circuit(
            self.wires,
            tuple(
                Gate(
                    g.name,
                    g.wires,
                    tuple(values[p.index] if isinstance(p, Slot) else p for p in g.params),
                )
                if g.params
                else g
                for g in self.gates
            ),
        )

    @property
    def digest(self) -> str:
        """SHA-256 over the structure; angles enter as slots with what they depend on."""
        rows = [
            [
                g.name,
                list(g.wires),
                [
                    [p.index, self.on_inputs[p.index], self.on_weights[p.index]]
                    if isinstance(p, Slot)
                    else float(p).hex()
                    for p in g.params
                ],
            ]
            for g in self.gates
        ]
        return digest_json([self.wires, rows])


def trace(model: CircuitModel) -> Template:
    """Run the model's `build` once on abstract arrays.

    Raises:
        CircuitError: `build` failed on traced arrays, or a parameter is no scalar.
    """
    recorded: list[Circuit] = []

    def traced_angles(inputs: Any, weights: Any) -> Any:
        circuit = model.build(inputs, weights)
        recorded.append(circuit)
        return [jnp.reshape(p, ()) for p in _params(circuit) if _is_traced(p)]

    dtype = jnp.result_type(float)
    inputs = jax.ShapeDtypeStruct((model.features,), dtype)
    weights = jax.ShapeDtypeStruct(model.weights_shape, dtype)
    try:
        jaxpr = jax.make_jaxpr(traced_angles)(inputs, weights)
    except jax.errors.ConcretizationTypeError as error:
        raise CircuitError(
            "the circuit's structure depends on the value of an input or weight",
            hint="use `if` and `range` on shapes only; values may enter gates as angles",
        ) from error
    circuit = Circuit.of(model.wires, recorded[0].gates)
    reached = _dependencies(jaxpr.jaxpr)

    places = [i for i, p in enumerate(_params(circuit)) if _is_traced(p)]

    def angles(x: Any, w: Any) -> Any:
        params = _params(model.build(x, w))
        values = [jnp.reshape(params[i], ()) for i in places]
        return jnp.stack(values) if values else jnp.zeros((0,), dtype=jnp.result_type(x, w))

    return Template(
        wires=model.wires,
        gates=_with_slots(circuit),
        angles=angles,
        on_inputs=tuple(0 in found for found in reached),
        on_weights=tuple(1 in found for found in reached),
    )


def _params(circuit: Circuit) -> list[Any]:
    return [p for g in circuit.gates for p in g.params]


def _is_traced(value: Any) -> bool:
    return isinstance(value, jax.core.Tracer)


def _with_slots(circuit: Circuit) -> tuple[Gate, ...]:
    gates, index = [], 0
    for gate in circuit.gates:
        params: list[Any] = []
        for value in gate.params:
            if _is_traced(value):
                params.append(Slot(index))
                index += 1
            else:
                params.append(float(np.asarray(value)))
        gates.append(Gate(gate.name, gate.wires, tuple(params)))
    return tuple(gates)


def _dependencies(jaxpr: Any) -> list[set[int]]:
    """For each output, the numbers of the inputs that reach it (conservative)."""
    reached: dict[Any, set[int]] = {v: {i} for i, v in enumerate(jaxpr.invars)}

    def of(atom: Any) -> set[int]:
        return set() if hasattr(atom, "val") else reached.get(atom, set())

    for equation in jaxpr.eqns:
        found = set().union(*(of(v) for v in equation.invars))
        for out in equation.outvars:
            reached[out] = found
    return [of(v) for v in jaxpr.outvars]
