"""The outcome of pruning a model that qml trained."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What was taken out, and what that cost and saves.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Where decisions were made and rows judged.
        model: The whole model: its run, kind and sizes.
        target: What was asked for.
        pieces: For each kind, how many there are and how many went.
        rows: The whole model, then every cut.
        expansions: The models of the loss, and how well each predicted held-out cuts.
        price: What predictions are priced on: machine, rows, shots.
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
    pieces: dict[str, dict[str, int]]
    rows: tuple[dict[str, Any], ...]
    expansions: tuple[dict[str, Any], ...]
    price: dict[str, Any]
    notes: tuple[str, ...]
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.compress-circuit/1`."""
        found = asdict(self)
        listed = {k: list(found[k]) for k in ("rows", "expansions", "notes")}
        return {"schema": "qml.compress-circuit/1", **found, **listed}
