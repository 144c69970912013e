"""What a screen found, as a value and as the document `qml.screen/1`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from qml.benchmarking.screen.values import Screened
from qml.benchmarking.screen.verdict import Code
from qml.results.outcome import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenOutcome:
    """What a screen found.

    Attributes:
        run_id: Id of its run.
        name: The name it was given, or None.
        run_dir: Its folder.
        data: What was looked at: source, rows, features, classes, scaling.
        settings: lambda, folds, halves, and the classical kernels.
        maps: One row for each feature map.
        metrics: Flat numbers.
        notes: What a reader should know.
        verdict: The answer in words.
        cost: Money: none.
    """

    run_id: str
    name: str | None
    run_dir: str
    data: dict[str, Any]
    settings: dict[str, Any]
    maps: tuple[dict[str, Any], ...]
    metrics: dict[str, Any]
    notes: tuple[str, ...]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.screen/1`."""
        facts = asdict(self)
        return {"schema": "qml.screen/1", **facts, "maps": list(self.maps), "notes": [*self.notes]}


def flat(found: Sequence[Screened]) -> dict[str, Any]:
    """Return the numbers that decide, by feature map."""
    numbers: dict[str, Any] = {}
    for one in found:
        name = one.feature_map
        numbers |= {
            f"{name}_g": one.geometry["g"],
            f"{name}_s": one.complexity["quantum"],
            f"{name}_rival_s": one.complexity["classical"],
            f"{name}_accuracy": one.accuracy["quantum"],
            f"{name}_rival_accuracy": one.accuracy["classical"],
            f"{name}_alignment": one.alignment["quantum"],
            f"{name}_shots": one.concentration["shots"],
        }
    return numbers


_HEADS: dict[Code, str] = {
    "impossible": "No point in a quantum kernel here",
    "not_on_these_labels": "No point in a quantum kernel on these labels",
    "not_seen": "Not excluded, but nothing speaks for a quantum kernel",
    "contradicted": "Not excluded, but the measures contradict each other: train and compare",
    "not_excluded": "Not excluded: train and compare before believing anything",
}
"""From the least hope to the most."""


def overall(found: Sequence[Screened]) -> str:
    """Say what the most hopeful of the feature maps allows to say, then of each what it is."""
    order = list(_HEADS)
    most = max(found, key=lambda one: order.index(one.verdict.code))
    each = " ".join(f"{one.feature_map}: {one.verdict.words}" for one in found)
    return f"{_HEADS[most.verdict.code]}. {each}"
