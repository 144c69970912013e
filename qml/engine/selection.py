"""Which angles are plain elements of the inputs or weights.

Most circuits use `weights[i, j]` as it is. One gather then replaces hundreds of scalar slices,
which would dominate both the compilation and the step.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.circuits.model import CircuitModel
from qml.circuits.template import Template

_COPYING = frozenset(
    [
        *("slice", "squeeze", "reshape", "dynamic_slice", "gather", "transpose", "rev", "copy"),
        *("concatenate", "stack", "broadcast_in_dim", "expand_dims", "split"),
    ]
)
_CALLS = frozenset(["jit", "pjit", "closed_call"])


class Selection(NamedTuple):
    """Where angles come from.

    Attributes:
        weights: For each slot, its place in the flat weights; 0 where it has none.
        inputs: For each slot, its place in the inputs; 0 where it has none.
        known: Whether one of the two is a place.
    """

    weights: NDArray[np.int32]
    inputs: NDArray[np.int32]
    known: NDArray[np.bool_]


class _Places(NamedTuple):
    """For each element of a traced array, its place in inputs and weights; -1 if it is computed."""

    at: Any


def select(model: CircuitModel, template: Template) -> Selection:
    """Find the angles that copy an element, by running the trace on arrays of places."""
    closed = jax.make_jaxpr(template.angles)(
        jnp.zeros(model.features), jnp.zeros(model.weights_shape)
    )
    arguments = [
        _Places(np.arange(model.features, dtype=np.int32)),
        _Places(
            model.features
            + np.arange(model.parameters, dtype=np.int32).reshape(model.weights_shape)
        ),
    ]
    with jax.ensure_compile_time_eval():  # also where the caller is being traced
        (found,) = _run(closed.jaxpr, closed.consts, arguments)
    at = np.asarray(found.at if isinstance(found, _Places) else np.full(template.slots, -1))
    of_inputs = (at >= 0) & (at < model.features)
    of_weights = at >= model.features
    return Selection(
        np.where(of_weights, at - model.features, 0).astype(np.int32),
        np.where(of_inputs, at, 0).astype(np.int32),
        of_inputs | of_weights,
    )


def _run(jaxpr: Any, consts: Any, arguments: list[Any]) -> list[Any]:
    known: dict[Any, Any] = dict(zip(jaxpr.constvars, consts, strict=True))
    known |= dict(zip(jaxpr.invars, arguments, strict=True))
    for equation in jaxpr.eqns:
        operands = [_value(atom, known) for atom in equation.invars]
        for out, value in zip(equation.outvars, _step(equation, operands), strict=True):
            known[out] = value
    return [_value(atom, known) for atom in jaxpr.outvars]


def _value(atom: Any, known: Mapping[Any, Any]) -> Any:
    return atom.val if hasattr(atom, "val") else known[atom]


def _step(equation: Any, operands: list[Any]) -> list[Any]:
    name = equation.primitive.name
    if name in _CALLS:
        inner = equation.params["jaxpr"]
        return _run(inner.jaxpr, inner.consts, operands)
    traced = [isinstance(operand, _Places) for operand in operands]
    if not any(traced):
        return _bind(equation, operands)
    indexing = name in {"dynamic_slice", "gather"}
    if name in _COPYING and not (indexing and any(traced[1:])):
        places = [o.at if isinstance(o, _Places) else o for o in operands]
        if not indexing:
            places = [p if t else _computed(p) for p, t in zip(places, traced, strict=True)]
        return [_Places(value) for value in _bind(equation, places)]
    return [_Places(_computed(out.aval)) for out in equation.outvars]


def _computed(like: Any) -> NDArray[np.int32]:
    return np.full(np.shape(like), -1, dtype=np.int32)


def _bind(equation: Any, operands: list[Any]) -> list[Any]:
    params = equation.params
    if "fill_value" in params:
        params = {**params, "fill_value": -1}  # entries out of bounds; NaN is no integer
    found = equation.primitive.bind(*map(jnp.asarray, operands), **params)
    return list(found) if equation.primitive.multiple_results else [found]
