"""What two benchmarks are compared by: accuracy, speed, gates, shots, price."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Document = Mapping[str, Any]
Row = Mapping[str, Any]
Nature = Literal["answers", "timings", "exact", "random"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of a cell.

    Attributes:
        key: Its key.
        title: What people call it.
        better: Whether more or less of it is better.
        home: Where in a cell it stands: `metrics`, `resources`, `usage` or `cost`.
        unit: Its unit, or nothing.
        seconds: Whether it is a time, which holds for one machine only.
    """

    key: str
    title: str
    better: Literal["more", "less"]
    home: str = "metrics"
    unit: str = ""
    seconds: bool = False

    def value(self, cell: Row) -> float | None:
        """Return its value in a cell, or None where it has none."""
        found = (cell.get(self.home) or {}).get(self.key)
        return None if found is None or found == "unknown" else float(found)

    def samples(self, cell: Row) -> list[float]:
        """Return the single values behind it."""
        found: list[float] = cell.get("samples", {}).get(_SAMPLES.get(self.key, self.key), [])
        return found


_SAMPLES = {"engine_seconds": "engine"}
FASTER = Measure(key="ratio", title="speed beside the peer", better="more")
"""A peer's time over ours, measured in turns: it holds on any machine, and more is better."""
DEMAND = (
    Measure(key="two_qubit", title="two-qubit gates", better="less", home="resources"),
    Measure(key="shots", title="shots", better="less", home="usage"),
    Measure(key="billed", title="price", better="less", home="cost", unit="USD"),
)
SPEED = (Measure(key="train_seconds", title="training", better="less", unit="s", seconds=True),)


def measures_of(document: Document, role: str) -> list[Measure]:
    """Return what columns of a role are compared by.

    A rival that got worse is no regression of the user's work, so that of rivals nothing is
    compared, save how long a peer takes beside us.
    """
    suite = document["suite"]
    if role == "peer":
        return [FASTER] if suite["metric"]["key"] == FASTER.key else []
    if role != "quantum":
        return []
    own = [_measure(metric) for metric in (suite["metric"], *suite["also"])]
    known = {measure.key for measure in own}
    return own + [m for m in (*SPEED, *DEMAND) if m.key not in known]


def titles(document: Document) -> list[str]:
    """Return what people call the measures that a benchmark may be compared by."""
    return [m.title for role in ("quantum", "peer") for m in measures_of(document, role)]


def _measure(metric: Row) -> Measure:
    return Measure(
        key=metric["key"],
        title=metric["title"],
        better=metric["better"],
        unit=metric["unit"],
        seconds=metric["unit"] == "s",
    )


def nature(measure: Measure, cells: list[Row], paired: str) -> Nature:
    """Say what kind of number it is in these cells.

    Args:
        measure: The measure.
        cells: The cells of both benchmarks that have it.
        paired: `rows` where the suite's metric is a share of answers that are right.
    """
    if measure.home != "metrics":
        return "exact"
    if measure.key == "test_accuracy" and paired == "rows" and all(c["correct"] for c in cells):
        return "answers"
    if all(len(measure.samples(cell)) > 1 for cell in cells):
        return "timings"
    timed = measure.seconds or measure.samples(cells[0])
    return "exact" if all(c["verb"] == "measure" for c in cells) and not timed else "random"
