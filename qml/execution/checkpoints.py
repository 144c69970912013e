"""Training state as named arrays, and the protocol of the place that keeps it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple, Protocol

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import Params
from qml.algorithms.training.step import TrainState
from qml.results.usage import Usage

Arrays = Mapping[str, NDArray[Any]]


class Saved(Protocol):
    """A checkpoint that was found."""

    @property
    def step(self) -> int:
        """Steps done."""
        ...

    @property
    def arrays(self) -> Arrays:
        """Named arrays."""
        ...

    @property
    def state(self) -> Mapping[str, Any]:
        """JSON values beside them."""
        ...


class Checkpoints(Protocol):
    """Keeps checkpoints; a reader always finds a whole one."""

    def save(self, step: int, arrays: Arrays, state: Mapping[str, Any]) -> object:
        """Write atomically."""
        ...

    def latest(self) -> Saved | None:
        """Return the newest that verifies, or None."""
        ...


class Position(NamedTuple):
    """Where training stands.

    Attributes:
        step: Steps done.
        train_seconds: Time of those steps.
        best_loss: Lowest validation loss so far, or None.
        best_epoch: Epoch after which it was reached.
        best: Parameters at that time, or None.
        used: What the run had used by then, over all its sessions.
    """

    step: int = 0
    train_seconds: float = 0.0
    best_loss: float | None = None
    best_epoch: int = 0
    best: Params | None = None
    used: Usage = Usage()


def pack(state: TrainState, position: Position) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Turn the state into named arrays and JSON values."""
    arrays = {f"params/{name}": np.asarray(a) for name, a in state.params.items()}
    leaves = jax.tree.leaves(state.optimizer)
    arrays |= {f"optimizer/{i}": np.asarray(leaf) for i, leaf in enumerate(leaves)}
    arrays |= {f"best/{name}": np.asarray(a) for name, a in (position.best or {}).items()}
    facts = {
        "train_seconds": position.train_seconds,
        "best_loss": position.best_loss,
        "best_epoch": position.best_epoch,
        "used": asdict(position.used),
    }
    return arrays, facts


def unpack(saved: Saved, like: TrainState) -> tuple[TrainState, Position]:
    """Rebuild the state; `like` is a fresh state that lends its structure."""
    arrays = saved.arrays
    leaves, structure = jax.tree.flatten(like.optimizer)
    restored = [_alike(leaf, arrays[f"optimizer/{i}"]) for i, leaf in enumerate(leaves)]
    params = {k: _alike(like.params[k], v) for k, v in _group(arrays, "params/").items()}
    best = _group(arrays, "best/")
    return TrainState(params, jax.tree.unflatten(structure, restored)), Position(
        step=saved.step,
        train_seconds=float(saved.state["train_seconds"]),
        best_loss=saved.state["best_loss"],
        best_epoch=int(saved.state["best_epoch"]),
        best=best or None,
        used=Usage(**saved.state.get("used", {})),
    )


def _alike(fresh: Any, saved: NDArray[Any]) -> Any:
    """Return a JAX array where the fresh state has one: NumPy's would promote to float64."""
    return jnp.asarray(saved) if isinstance(fresh, jax.Array) else saved


def _group(arrays: Arrays, prefix: str) -> Params:
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}
