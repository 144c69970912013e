"""How a cell ended, as what is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.base import Cell

State = Literal["ran", "cached", "skipped", "failed", "open"]
"""`open` cells were not begun, or can go on: the benchmark stopped before their end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellResult:
    """A cell and how it ended.

    Attributes:
        cell: The cell.
        state: How it ended.
        why: Why it ran although there was a run at its place, or why it has no numbers.
        run_id: Its run, or None.
        metrics: Numbers of its outcome.
        timings: Names of the metrics that a clock decides.
        samples: Single values behind a number, by its name.
        facts: What else its outcome says: settings, versions.
        correct: Whether each test row was answered rightly, by ascending row, or None.
        rows: Numbers of the test rows, shape as `correct`, or None.
        rows_of: Digest of the data that the numbers count in, or None where nothing tells it. A
            row of other data is another row, whatever its number.
        cost: Money: `estimated`, `billed` and `currency` of its outcome, or None.
        seconds: How long it took in this session.
    """

    cell: Cell
    state: State
    why: str = ""
    run_id: str | None = None
    metrics: Mapping[str, Any] = field(default_factory=dict)
    timings: Sequence[str] = ()
    samples: Mapping[str, list[float]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    correct: NDArray[np.bool_] | None = None
    rows: NDArray[np.int64] | None = None
    rows_of: str | None = None
    cost: Mapping[str, Any] | None = None
    seconds: float = 0.0

    @property
    def done(self) -> bool:
        """Whether it has numbers."""
        return self.state in {"ran", "cached"}

    def value(self, key: str) -> float | None:
        """Return a metric, or None where there is none."""
        found = self.metrics.get(key) if self.done else None
        return None if found is None else float(found)
