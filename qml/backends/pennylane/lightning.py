"""`lightning`: PennyLane's C++ simulator, with adjoint derivatives."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pennylane as qp
from numpy.typing import NDArray

from qml.backends.local import LocalBackend, Observables
from qml.backends.overlap import from_states
from qml.backends.pennylane.adjoint import AdjointCircuit
from qml.backends.pennylane.translate import operator, tape
from qml.circuits import Circuit, CircuitModel, DifferentiableCircuit, OverlapFunction
from qml.results.counts import Counts


class Lightning(LocalBackend):
    """`lightning.qubit`; circuits of a batch run one after the other in C++.

    Tapes go to the device directly: they hold only operations that it has, so PennyLane's
    preprocessing, which takes longer than small circuits, has nothing to do.
    """

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations."""
        measured = _Measurements(observables)
        scripts = [tape(c, measured(c.wires)) for c in circuits]
        values = self._execute(scripts)
        return np.array(values, dtype=np.float64).reshape(len(circuits), len(observables))

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample the circuits one after the other from one stream of random numbers."""
        scripts = [tape(c, [qp.sample(wires=range(c.wires))], shots=shots) for c in circuits]
        samples = self._execute(scripts, seed=seed)
        return [
            Counts.from_samples(np.reshape(s, (shots, c.wires)).astype(np.int8))
            for s, c in zip(samples, circuits, strict=True)
        ]

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return a JAX function whose derivatives are adjoint ones, computed in C++."""
        if self.section.shots:
            return None
        return AdjointCircuit(model, c_dtype=self._c_dtype)

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return fidelities of the simulator's states, or None where they are to be sampled."""
        return None if self.section.shots else from_states(model, self._states)

    @property
    def _c_dtype(self) -> Any:
        return np.complex128 if self.section.precision == "float64" else np.complex64

    def _states(self, circuits: Sequence[Circuit]) -> NDArray[np.complexfloating]:
        return np.array(self._execute([tape(c, [qp.state()]) for c in circuits]))

    def _execute(self, scripts: list[Any], *, seed: int | None = None) -> tuple[Any, ...]:
        wires = max((s.num_wires for s in scripts), default=1)
        device = qp.device("lightning.qubit", wires=wires, c_dtype=self._c_dtype, seed=seed)
        return tuple(device.execute(scripts))


class _Measurements:
    """Measurements of one batch by number of wires, made once."""

    def __init__(self, observables: Observables) -> None:
        self._observables = observables
        self._made: dict[int, list[Any]] = {}

    def __call__(self, wires: int) -> list[Any]:
        if wires not in self._made:
            self._made[wires] = [qp.expval(operator(o, wires)) for o in self._observables]
        return self._made[wires]
