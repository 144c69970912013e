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
        held_out: What candidates were judged on: outputs, noun, what the bootstrap draws.
        rows: The teacher, every candidate, and the file that was written.
        comparisons: Pairs of candidates, what was chosen and a rival, on the same outputs.
        allocation: The format of every unit of what was chosen in the end.
        steps: Details of each method.
        export: The file that was written, or None.
        stopped: Why it ended: `reason`, `words` and `exit_code`.
        notes: What a reader must know.
        metrics: The most important numbers, flat.
        verdict: What was reached, beside which rival.
        cost: Money: nothing is bought.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    model: dict[str, Any]
    target: str
    held_out: dict[str, Any]
    rows: tuple[dict[str, Any], ...]
    comparisons: tuple[dict[str, Any], ...]
    allocation: tuple[dict[str, Any], ...]
    steps: dict[str, Any]
    export: dict[str, Any] | None
    stopped: dict[str, Any]
    notes: tuple[str, ...]
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.compress/1`."""
        found = asdict(self)
        lists = {k: list(found[k]) for k in ("rows", "comparisons", "allocation", "notes")}
        return {"schema": "qml.compress/1", **found, **lists}
