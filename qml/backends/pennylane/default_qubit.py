"""`default.qubit`: PennyLane's own simulator, with derivatives by JAX through its operations."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pennylane as qp
from numpy.typing import NDArray

from qml import engine
from qml.backends.base import Settings
from qml.backends.local import LocalBackend, Observables
from qml.backends.overlap import from_states
from qml.backends.pennylane.broadcast import Broadcast, broadcast
from qml.backends.pennylane.translate import operator, tape
from qml.backends.plugin import Plugin
from qml.backends.sampling import draw
from qml.circuits import Circuit, CircuitModel, DifferentiableCircuit, OverlapFunction
from qml.results.counts import Counts

_CHUNK_BYTES = 256 * 2**20


class DefaultQubit(LocalBackend):
    """`default.qubit`; numbers are float64 but for derivatives, which follow the precision.

    Raises:
        UsageError: The number of threads cannot be set any more in this process.
    """

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        super().__init__(plugin, settings)
        engine.setup(
            threads=self.section.threads,
            # JAX takes long to compile PennyLane's operations, so the cache matters most here
            cache_dir=Path(settings.cache) if settings.cache else None,
            precision=self.section.precision,
        )

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations, circuits of equal structure as one broadcast tape."""
        found = np.zeros((len(circuits), len(observables)))
        for group in _groups(circuits):
            wires = group.circuit.wires
            measured = [qp.expval(operator(o, wires)) for o in observables]
            for column, values in enumerate(_run(group.circuit, measured)):
                found[list(group.rows), column] = values
        return found

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample every circuit with a stream of random numbers of its own."""
        found: dict[int, Counts] = {}
        for group in _groups(circuits):
            wires = group.circuit.wires
            (table,) = _run(group.circuit, [qp.probs(wires=range(wires))])
            rows = np.broadcast_to(table, (len(group.rows), 2**wires))  # no angles, no batch axis
            for row, distribution in zip(group.rows, rows, strict=True):
                found[row] = draw(distribution, shots, [seed, row])
        return [found[i] for i in range(len(circuits))]

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return a function that JAX differentiates through PennyLane's operations."""
        if self.section.shots:
            return None
        device = qp.device("default.qubit", wires=model.wires)
        config = qp.devices.ExecutionConfig(gradient_method="backprop", interface="jax")
        measured = [qp.expval(operator(o, model.wires)) for o in model.observables]

        def one(row: Any, weights: Any) -> Any:
            script = tape(model.build(row, weights), measured)
            (values,) = device.execute([script], config)
            return jnp.stack(values) if len(measured) > 1 else jnp.reshape(values, (1,))

        def function(inputs: Any, weights: Any) -> Any:
            with _quiet():
                return jax.vmap(one, in_axes=(0, None))(jnp.asarray(inputs), jnp.asarray(weights))

        return function

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return fidelities of the simulator's states, or None where they are to be sampled."""
        return None if self.section.shots else from_states(model, _states)


def _groups(circuits: Sequence[Circuit]) -> Iterator[Broadcast]:
    wires = max((c.wires for c in circuits), default=1)
    return broadcast(circuits, most=max(1, _CHUNK_BYTES // (16 << wires)))


def _run(circuit: Circuit, measured: list[Any]) -> tuple[Any, ...]:
    device = qp.device("default.qubit", wires=circuit.wires)
    (values,) = device.execute([tape(circuit, measured)])
    return values if len(measured) > 1 else (values,)


def _states(circuits: Sequence[Circuit]) -> NDArray[np.complexfloating]:
    found = np.zeros((len(circuits), 2 ** circuits[0].wires), dtype=np.complex128)
    for group in _groups(circuits):
        (found[list(group.rows)],) = _run(group.circuit, [qp.state()])
    return found


@contextmanager
def _quiet() -> Iterator[None]:
    """PennyLane asks JAX for complex128 always; with float32 that is no news to anybody."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Explicitly requested dtype complex128")
        yield
