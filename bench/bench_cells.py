"""A suite of very many cells that measure nothing, for `bench_overhead.py`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qml.benchmarking.base import Cell, Metric, Place, Suite, Wanted
from qml.benchmarking.measurements.base import Measured, Surroundings

NAME = "nothing"
ENTRIES = f"""\
[qml.suites.v1]
{NAME} = bench_cells
[qml.measurements.v1]
{NAME} = bench_cells
"""


class Cells(Sequence[Cell]):
    """Cells that are made when somebody looks at them.

    Args:
        count: How many.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def __getitem__(self, index: Any) -> Any:
        """Make one."""
        if not 0 <= index < self._count:
            raise IndexError(index)
        return Cell(
            place=Place(NAME, "quantum", str(index), "-", 0),
            role="quantum",
            verb="measure",
            settings={"measure.kind": NAME, "measure.options": {"number": index}},
        )


def build(wanted: Wanted) -> Suite:
    """Return the suite; its only row says how many cells there are."""
    return Suite(
        name=NAME,
        title="cells that measure nothing",
        metric=Metric(key="number", title="number", better="more"),
        cells=Cells(int(wanted.data[0])),
    )


def check(options: Mapping[str, Any]) -> None:
    """Accept anything."""


def measure(options: Mapping[str, Any], around: Surroundings) -> Measured:
    """Measure nothing."""
    del around
    return Measured(metrics={"number": float(options["number"])})


def register(folder: Path) -> None:
    """Let a folder on the search path offer the suite and its measurement to qml."""
    info = folder / "bench_cells-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bench-cells\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRIES)
