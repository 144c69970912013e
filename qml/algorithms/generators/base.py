"""What a generative model of bit strings is.

A model is made by `build(section, bits) -> Generator`; its entry point in `qml.generators.v1` names
the module that holds it, and `SETTINGS`, the keys of `[train]` that it wants as a rival.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import Params
from qml.circuits import Circuit
from qml.config.sections import ModelSection

Floats = NDArray[np.float64]
Bits = NDArray[np.int8]


class Look(NamedTuple):
    """What one look at a batch tells.

    Attributes:
        loss: What the training lowers; its scale is the model's own.
        gradient: Gradient of the loss or what stands for it, named as the parameters.
        memory: What the model carries to the next step.
    """

    loss: Any
    gradient: Params
    memory: Any


class Parities(NamedTuple):
    """Expectations of parities Z_a under a model.

    Attributes:
        mean: <Z_a>, shape (operators,).
        square: Unbiased estimates of <Z_a>^2, shape (operators,).
    """

    mean: Floats
    square: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A distribution over bit strings with trainable parameters.

    Attributes:
        kind: Registered name.
        bits: Length of a string.
        layers: Trainable layers, for reports.
        init: `(rows (N, bits), seed) -> params`, NumPy arrays; rows are 0 and 1.
        memory: `(rows, seed) -> tree of arrays` that steps carry along; `()` where there is none.
        look: `(params, memory, rows (B, bits), mask (B,), key) -> Look`, traceable by JAX.
        probabilities: `params -> (2**bits,)`, exact, bit 0 most significant; for at most
            `results.mmd.MOST_BITS` bits.
        parities: `(params, operators (K, bits), seed) -> Parities`, for any number of bits.
        draw: `(params, count, seed) -> rows (count, bits)` on this machine, or None where a quantum
            circuit is sampled.
        circuit: `params -> Circuit` whose measurement gives the strings, or None for a classical
            model.
    """

    kind: str
    bits: int
    layers: int
    init: Callable[[Any, int], Params]
    memory: Callable[[Any, int], Any]
    look: Callable[[Any, Any, Any, Any, Any], Look]
    probabilities: Callable[[Params], Floats]
    parities: Callable[[Params, Any, int], Parities]
    draw: Callable[[Params, int, int], Bits] | None = None
    circuit: Callable[[Params], Circuit] | None = None

    @property
    def quantum(self) -> bool:
        """Whether its strings come from a quantum circuit."""
        return self.circuit is not None


class GeneratorFamily(Protocol):
    """The module of one kind.

    Attributes:
        SETTINGS: Keys of `[train]` that it is trained with as a rival of another model.
    """

    SETTINGS: Mapping[str, Any]

    def build(self, section: ModelSection, bits: int) -> Generator:
        """Build the model.

        Raises:
            PlanError: It cannot be had with so many bits.
        """
        ...


def no_memory(rows: Any, seed: int) -> Any:
    """Return the memory of a model that has none."""
    del rows, seed
    return ()
