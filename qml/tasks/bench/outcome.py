"""What a benchmark found, as a value and as the document `qml.bench/1`."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Benched:
    """What a benchmark found.

    Attributes:
        run_id: Id of its run.
        name: The name it was given, or None.
        run_dir: Its folder.
        suite: Name, title, metric, notes, and how many cells there are.
        cells: All cells: place, role, state, why, run, metrics, seconds.
        columns: Each column over all rows: role, mean, interval, rank.
        comparisons: Paired tests of quantum columns against their rivals and twins.
        ranks: Mean ranks, the Friedman test and the critical difference, or None.
        expected: Cells that others published numbers for: theirs, ours, and whether they agree.
        stopped: Why it stopped, and the exit code.
        verdicts: The best quantum column against the best rival, and against its twin, in words.
        machine: What the times hold for.
        notes: What a reader should know.
        metrics: Flat numbers.
        verdict: One sentence.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    suite: dict[str, Any]
    cells: tuple[dict[str, Any], ...]
    columns: tuple[dict[str, Any], ...]
    comparisons: tuple[dict[str, Any], ...]
    ranks: dict[str, Any] | None
    expected: tuple[dict[str, Any], ...]
    stopped: dict[str, Any]
    verdicts: tuple[dict[str, Any], ...]
    machine: dict[str, Any]
    notes: tuple[str, ...]
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.bench/1`."""
        facts = asdict(self)
        keys = ("cells", "columns", "comparisons", "expected", "verdicts", "notes")
        return {"schema": "qml.bench/1", **facts, **{key: list(facts[key]) for key in keys}}
