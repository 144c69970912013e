"""The evaluator that algorithms are handed: a backend, a meter, and repeatable seeds."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qml.backends.base import Backend, Results
from qml.circuits import (
    Circuit,
    CircuitModel,
    DifferentiableCircuit,
    Observable,
    OverlapFunction,
    Work,
    ZeroProjector,
)
from qml.circuits.measurement import is_projector, plan_measurement, zero_probabilities
from qml.errors import PlanError
from qml.results.counts import Counts
from qml.seeds import derive


class Runner(Protocol):
    """Brings a batch to a backend and its results back: `DirectRunner`, or a `Buyer`."""

    def run(self, work: Work, name: str) -> Results:
        """Run a batch.

        Args:
            work: The batch.
            name: Its place in the run, e.g. `step/12/0`; the same place asks for the same work.
        """
        ...

    def facts(self) -> dict[str, str]:
        """Tell what a person who watches wants to know, e.g. what was spent; already formatted."""
        ...

    def finish(self) -> None:
        """Drop what was intended and is not needed any more; all work is done."""
        ...


class BackendEvaluator:
    """Runs circuits on one backend.

    Args:
        backend: Where circuits run.
        runner: Brings them there.
        shots: Shots per circuit; 0 asks for exact expectations.
        seed: Root of the sampling seeds.
    """

    def __init__(self, backend: Backend, runner: Runner, *, shots: int, seed: int) -> None:
        self.backend = backend
        self.shots = shots
        self._runner = runner
        self._seed = seed
        self._stage = "start"
        self._submitted = 0

    def begin(self, stage: str) -> None:
        """Name what comes next, e.g. `step/12`; keys and seeds derive from the name."""
        self._stage, self._submitted = stage, 0

    @property
    def exact(self) -> bool:
        """Whether expectations carry no sampling noise."""
        return self.shots == 0

    def expectations(
        self, circuits: Sequence[Circuit], observables: Sequence[Observable | ZeroProjector]
    ) -> NDArray[np.float64]:
        """Measure every observable on every circuit; shape (circuits, observables)."""
        if self.exact:
            results = self._submit(circuits, tuple(observables))
            assert results.expectations is not None
            return results.expectations
        if is_projector(observables):
            return zero_probabilities(self.counts(circuits))[:, None]
        strings = [o for o in observables if isinstance(o, Observable)]
        if len(strings) != len(observables):
            raise PlanError("a projector and Pauli strings cannot be sampled in one submission")
        measurement = plan_measurement(strings)
        return measurement.expectations(self.counts(measurement.circuits(circuits)))

    def counts(self, circuits: Sequence[Circuit]) -> list[Counts]:
        """Sample every circuit.

        Raises:
            PlanError: The backend was opened with `shots = 0`.
        """
        if self.exact:
            raise PlanError("sampling needs shots", hint="set backend.shots, e.g. 1000")
        results = self._submit(circuits, ())
        assert results.counts is not None
        return list(results.counts)

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return a JAX function where expectations are exact and the backend has one."""
        return self.backend.differentiable(model) if self.exact else None

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return exact overlaps where the backend has states."""
        return self.backend.overlaps(model) if self.exact else None

    def _submit(
        self, circuits: Sequence[Circuit], observables: tuple[Observable | ZeroProjector, ...]
    ) -> Results:
        name = f"{self._stage}/{self._submitted}"
        self._submitted += 1
        work = Work(
            circuits=tuple(circuits),
            observables=observables,
            shots=self.shots,
            seed=derive(self._seed, f"shots/{name}"),
        )
        return self._runner.run(work, name)
