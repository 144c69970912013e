"""The protocol of a backend, and what it says of itself.

A backend is made by `open(settings) -> Backend`, the function that its entry point in
`qml.backends.v1` names.
It is handed whole batches; it never sees an algorithm, a budget or a run folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.circuits import CircuitModel, DifferentiableCircuit, OverlapFunction, Work
from qml.config.sections import BackendSection
from qml.results.counts import Counts
from qml.results.usage import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a backend can do; planning refuses the rest before anything runs.

    Attributes:
        qubits: Most wires of a circuit.
        exact: Gives exact expectations (`shots = 0`).
        samples: Gives counts (`shots > 0`).
        noise: Models the noise of `[backend.noise]`.
        gradients: Gradient methods beside those that only need expectations or counts:
            `backprop`, `adjoint`.
        paid: Costs money.
        remote: Jobs live at a vendor and outlive this process; such a backend is a
            `qml.backends.remote.RemoteBackend`, and every submission is journalled.
        billing: `(provider, device)` or `(provider, device, plan)` of the tariff it is billed by,
            or None where nothing is.
    """

    qubits: int
    exact: bool
    samples: bool
    noise: bool
    gradients: frozenset[str] = frozenset()
    paid: bool = False
    remote: bool = False
    billing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a backend is opened with.

    Attributes:
        section: `[backend]` of the configuration; `name` is the registered name, or
            `registered.device`.
        cache: Folder for compiled programs, or None where nothing may be written.
        device: The machine: what follows the first dot of the name, or None for a bare name.
        environ: Environment variables, where credentials may be.
    """

    section: BackendSection
    cache: str | None = None
    device: str | None = None
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A submission that is meant to happen.

    Attributes:
        key: Name under which it can be found again; the same work of the same run has the same key.
        digest: Digest of the work; empty for free backends, where nothing has to be found again.
    """

    key: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A submission that a backend accepted.

    Attributes:
        id: The backend's own name of it.
        handle: Whatever the backend needs to fetch it; a local simulator keeps the results here.
    """

    id: str
    handle: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Results of one submission, in the order of its circuits.

    Attributes:
        expectations: Shape (circuits, observables) where exact expectations were asked for.
        counts: One per circuit where counts were asked for.
        usage: What was really used.
    """

    expectations: NDArray[np.float64] | None = None
    counts: tuple[Counts, ...] | None = None
    usage: Usage = field(default_factory=Usage)


class Backend(Protocol):
    """A simulator or a vendor's machine."""

    @property
    def name(self) -> str:
        """Registered name."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    def usage(self, work: Work) -> Usage:
        """Tell what the work will use, without running it."""
        ...

    def submit(self, work: Work, intent: Intent) -> Job:
        """Hand over a batch, once.

        Raises:
            ProviderError: The vendor refused or failed.
            UnknownSubmissionError: It is not known whether the vendor accepted.
        """
        ...

    def fetch(self, job: Job) -> Results:
        """Wait for a job and return its results; may be called again."""
        ...

    def find(self, intent: Intent) -> Job | None:
        """Find a job that was submitted under this key, or None where there is none."""
        ...

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return a JAX function of exact expectations, or None where there is none."""
        ...

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return exact state overlaps, or None where there are none."""
        ...

    def snapshot(self) -> Mapping[str, Any]:
        """Return SDK versions, noise rates and calibration as JSON values, for the manifest."""
        ...

    def close(self) -> None:
        """Release connections and memory."""
        ...
