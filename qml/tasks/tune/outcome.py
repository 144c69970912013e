"""What a study found, as a value and as the document `qml.tune/1`."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What a study found.

    Attributes:
        run_id: Id of the study's run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Name of the backend.
        study: Name, storage, task, metric, direction, sampler, pruner, seed, what was tuned.
        trials: All trials of all searches, in their order.
        best: The best trial, and the settings that repeat it; None where none ended well.
        importance: Share of each parameter in the differences between trials, and the method.
        searches: The searches and their best values.
        rival: The sampler against random search at equal trials; None where that was not run.
        test: The best settings trained once more and judged on the test rows, or None.
        stopped: Why it stopped, and the exit code.
        notes: What a reader should know.
        metrics: Flat numbers.
        verdict: One sentence.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    study: dict[str, Any]
    trials: tuple[dict[str, Any], ...]
    best: dict[str, Any] | None
    importance: dict[str, Any] | None
    searches: tuple[dict[str, Any], ...]
    rival: dict[str, Any] | None
    test: dict[str, Any] | None
    stopped: dict[str, Any]
    notes: tuple[str, ...]
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.tune/1`."""
        facts = asdict(self)
        lists = {key: list(facts[key]) for key in ("trials", "searches", "notes")}
        return {"schema": "qml.tune/1", **facts, **lists}
