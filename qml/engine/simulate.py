"""Apply gates to a batch of states."""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp

from qml.circuits.circuit import Gate
from qml.circuits.gates import matrix


def run(gates: Sequence[Gate], wires: int, dtype: Any) -> Any:
    """Return the state of one circuit, shape (2**wires,), complex."""
    psi = jnp.zeros((2,) * wires, dtype).at[(0,) * wires].set(1)
    for gate in gates:
        k = len(gate.wires)
        block = jnp.asarray(matrix(gate.name, gate.params, jnp), dtype).reshape((2,) * (2 * k))
        psi = jnp.tensordot(block, psi, axes=(tuple(range(k, 2 * k)), gate.wires))
        psi = jnp.moveaxis(psi, tuple(range(k)), gate.wires)
    return psi.reshape(-1)
