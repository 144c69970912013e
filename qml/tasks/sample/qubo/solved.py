"""The outcome of `qml sample qubo`."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What the solvers found.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Name of the backend of quantum solvers; `local` without any.
        problem: File, sizes, what is known of the optimum.
        budget: What each solver had, in words.
        solvers: One row each.
        chosen: The solver whose assignment is the best, or None where none is feasible.
        assignments: File of the assignments, in the folder of the run.
        traces: Improvements of each solver: evaluations, seconds, objective.
        interrupted: Whether somebody asked to stop.
        metrics: The most important numbers, flat.
        verdict: Who found most, and what that proves.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    problem: dict[str, Any]
    budget: str
    solvers: tuple[dict[str, Any], ...]
    chosen: str | None
    assignments: str
    traces: dict[str, list[list[float]]]
    interrupted: bool
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.sample-qubo/1`."""
        return {"schema": "qml.sample-qubo/1", **asdict(self), "solvers": list(self.solvers)}
