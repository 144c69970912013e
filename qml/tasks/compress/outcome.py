"""The outcome of `qml compress`."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Compressed:
    """What was compressed, and what that cost.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: `local`.
        model: The teacher: source, digest, engine, sizes.
        target: What was asked for.
        rows: One for the teacher, and one for every candidate.
        steps: Details of each method.
        notes: What a reader must know.
        metrics: The most important numbers, flat.
        verdict: What was reached, beside which rival.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    model: dict[str, Any]
    target: str
    rows: tuple[dict[str, Any], ...]
    steps: dict[str, Any]
    notes: tuple[str, ...]
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.compress/1`."""
        found = {**asdict(self), "rows": list(self.rows), "notes": list(self.notes)}
        return {"schema": "qml.compress/1", **found}
