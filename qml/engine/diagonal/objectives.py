"""What angles are chosen by: a number for each distribution over the assignments."""

from collections.abc import Callable
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.errors import ConfigError

Objective: TypeAlias = Callable[[Any], Any]
"""Maps probabilities (d,) to a number that is to be small; JAX can differentiate it."""


def mean(costs: Any) -> Objective:
    """Return the mean cost."""
    return _partial(jnp.vdot, costs)


def cvar(costs: NDArray[np.float64], share: float, dtype: Any) -> Objective:
    """Return the mean cost of the best share: conditional value at risk.

    Barkoutsos, Nannicini, Robert, Tavernelli and Woerner, Quantum 4, 256 (2020), arXiv:1907.04769.

    Args:
        costs: Shape (d,).
        share: Above 0; 1 is the mean.
        dtype: Real data type.

    Raises:
        ConfigError: The share is out of range.
    """
    if not 0 < share <= 1:
        raise ConfigError(f"the share of CVaR is {share}", hint="above 0, at most 1")
    order = np.argsort(costs, kind="stable")
    ascending = jnp.asarray(costs[order], dtype)
    return _partial(_tail, jnp.asarray(order.astype(np.int32)), ascending, share)


def _partial(function: Callable[..., Any], *known: Any) -> Objective:
    """Fix the first arguments, as a pytree: compiled once for all of equal shape."""
    found: Objective = jax.tree_util.Partial(function, *known)
    return found


def _tail(order: Any, ascending: Any, share: Any, chances: Any) -> Any:
    sorted_chances = chances[order]
    before = jnp.cumsum(sorted_chances) - sorted_chances
    kept = jnp.clip(share - before, 0, sorted_chances)
    # what the sum of rounded chances lacks is made up at the last cost that is reached
    return jnp.vdot(ascending, kept) / jnp.maximum(kept.sum(), jnp.finfo(kept.dtype).tiny)
