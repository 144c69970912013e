"""Single or double precision, checked before anything is compiled."""

from typing import Any, Literal, NamedTuple, get_args

import jax
import jax.numpy as jnp

from qml.errors import CircuitError

Precision = Literal["float32", "float64"]


class Precisions(NamedTuple):
    """The data types of one precision."""

    real: Any
    complex: Any


def dtypes(precision: str) -> Precisions:
    """Return the real and complex data types.

    Raises:
        CircuitError: An unknown precision, or float64 while JAX works in 32 bits.
    """
    if precision not in get_args(Precision):
        raise CircuitError(
            f"unknown precision `{precision}`", hint=f"one of {', '.join(get_args(Precision))}"
        )
    if precision == "float32":
        return Precisions(jnp.float32, jnp.complex64)
    if not jax.config.jax_enable_x64:
        raise CircuitError(
            "float64 was asked for, but JAX works in 32 bits",
            hint='call `qml.engine.setup(precision="float64")` first',
        )
    return Precisions(jnp.float64, jnp.complex128)
