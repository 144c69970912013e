"""The life-cycle that all simulators in this process share.

A submission runs at once, and its results travel in the job. The process that made a job is the
only one that knows it, so `find` answers for this process alone: after a crash nothing was paid,
and the work runs again.
"""

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.backends import noise
from qml.backends.base import Intent, Job, Results, Settings
from qml.backends.check import check
from qml.backends.plugin import Plugin
from qml.circuits import (
    Circuit,
    CircuitModel,
    DifferentiableCircuit,
    Observable,
    OverlapFunction,
    Work,
    ZeroProjector,
)
from qml.results.counts import Counts
from qml.results.usage import Usage

_REMEMBERED = 16

Observables = Sequence[Observable | ZeroProjector]


class LocalBackend(ABC):
    """A simulator in this process.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
    """

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        self.name = plugin.name
        self.section = settings.section
        self.capabilities = plugin.capabilities(settings.section)
        self.rates = noise.resolve(settings.section.noise)
        self._plugin = plugin
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    @abstractmethod
    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations, shape (circuits, observables)."""

    @abstractmethod
    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample every circuit; the same arguments give the same counts."""

    def usage(self, work: Work) -> Usage:
        """Tell what the work will use: its gates and shots as written."""
        return work.usage

    def submit(self, work: Work, intent: Intent) -> Job:
        """Run a batch now.

        Raises:
            PlanError: The work lies outside the capabilities.
        """
        check(work, self.capabilities, name=self.name)
        start = perf_counter()
        if work.shots:
            results = Results(counts=tuple(self.counts(work.circuits, work.shots, work.seed)))
        else:
            results = Results(expectations=self.expectations(work.circuits, work.observables))
        used = replace(self.usage(work), seconds=perf_counter() - start)
        job = Job(id=f"{self.name}/{intent.key}", handle=replace(results, usage=used))
        self._remember(intent.key, job)
        return job

    def fetch(self, job: Job) -> Results:
        """Return the results that travel in the job."""
        results: Results = job.handle
        return results

    def find(self, intent: Intent) -> Job | None:
        """Find one of the latest jobs of this process."""
        return self._jobs.get(intent.key)

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return None: no derivatives unless a simulator says otherwise."""
        del model
        return None

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return None: no states unless a simulator says otherwise."""
        del model
        return None

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, noise rates and settings for the manifest."""
        return {
            "name": self.name,
            "packages": self._plugin.versions(),
            "noise": None if self.rates.silent else self.rates.snapshot(),
            "precision": self.section.precision,
            "threads": self.section.threads,
        }

    def close(self) -> None:
        """Forget all jobs."""
        self._jobs.clear()

    def _remember(self, key: str, job: Job) -> None:
        self._jobs[key] = job
        while len(self._jobs) > _REMEMBERED:
            self._jobs.popitem(last=False)
