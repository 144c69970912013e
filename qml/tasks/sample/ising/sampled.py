"""The outcome of `qml sample ising`."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What the methods drew.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Name of the backend.
        problem: File, spins, couplings, temperature, and the exact mean energy where it is known.
        methods: One row each.
        chosen: The method whose samples are delivered.
        skipped: Methods that do not apply, and why.
        samples: File of the samples of all methods, in the folder of the run.
        pictures: What the report draws: traces and histograms of the energy.
        interrupted: Whether somebody asked to stop.
        metrics: The most important numbers, flat.
        verdict: Who is ahead.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    problem: dict[str, Any]
    methods: tuple[dict[str, Any], ...]
    chosen: str
    skipped: dict[str, str]
    samples: str
    pictures: dict[str, Any]
    interrupted: bool
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.sample-ising/1`."""
        return {"schema": "qml.sample-ising/1", **asdict(self), "methods": list(self.methods)}
