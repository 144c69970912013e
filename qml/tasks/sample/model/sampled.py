"""What `qml sample model` found out."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.mmd import Estimate
from qml.results.outcome import Cost, ModelFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledRows:
    """New rows, and how close they are to rows that the model never saw.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Where the rows were drawn; `local` where no circuit was run.
        model: Size of the model.
        model_run: Id of the run that trained it.
        columns: Names of the bits.
        file: File of the rows in the run folder.
        digest: SHA-256 over the rows.
        metrics: `rows`, `distinct`, and `mmd2` with `mmd2_ci` to the held-out rows.
        rivals: The rivals of the training with the same numbers, at as many rows.
        verdict: One sentence.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    model: ModelFacts
    model_run: str
    columns: tuple[str, ...]
    file: str
    digest: str
    metrics: dict[str, Any]
    rivals: tuple[dict[str, Any], ...]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.sample-model/1`."""
        facts = asdict(self)
        for key in ("columns", "rivals"):
            facts[key] = list(facts[key])
        return {"schema": "qml.sample-model/1", **facts}


def verdict(kind: str, count: int, ours: Estimate, rivals: dict[str, Estimate]) -> str:
    """Say how close the rows are, and whether a rival's are closer."""
    head = f"{count:,} rows of {kind}: MMD^2 to the held-out rows {_words(ours)}"
    if not rivals:
        return f"{head}; no rival was trained beside it."
    best = min(rivals, key=lambda name: rivals[name].value)
    theirs = rivals[best]
    apart = ours.value - theirs.value
    margin = 1.96 * (ours.error**2 + theirs.error**2) ** 0.5
    if abs(apart) <= margin:
        word = f"no difference shown to as many rows of {best}, {_words(theirs)}"
    elif apart > 0:
        word = f"as many rows of {best} are closer, {_words(theirs)}: {best} wins"
    else:
        word = f"closer than as many rows of the best rival, {best}, {_words(theirs)}"
    return f"{head}; {word}."


def _words(found: Estimate) -> str:
    low, high = found.interval
    return f"{found.value:.2g} [{low:.2g}, {high:.2g}]"
