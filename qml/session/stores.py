"""Where a run keeps its states and metrics: the run folder, and the tracker beside it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qml.ports import Progress
from qml.records import RunFolder
from qml.records.checkpoints import Checkpoints
from qml.records.metrics import MetricsWriter
from qml.tracking.base import Tracker

if TYPE_CHECKING:  # numerical libraries load only once a run really starts
    from qml.execution.checkpoints import Saved


class RunCheckpoints:
    """Checkpoints of a run folder; damaged ones are told of and passed over."""

    def __init__(self, run: RunFolder, progress: Progress) -> None:
        self._store = Checkpoints(run.checkpoints)
        self._progress = progress
        self._found: Saved | None = None
        self._looked = False

    def save(self, step: int, arrays: Mapping[str, Any], state: Mapping[str, Any]) -> object:
        """Write atomically."""
        return self._store.save(step, arrays, state)

    def latest(self) -> "Saved | None":
        """Return the newest whole checkpoint at the start of this session, or None."""
        if not self._looked:
            self._found, damaged = self._store.latest()
            self._looked = True
            for sentence in damaged:
                self._progress.say(f"warning: {sentence}")
        return self._found


class MetricsSink:
    """Writes metrics to the run folder and mirrors them."""

    def __init__(self, run: RunFolder, tracker: Tracker, checkpoints: RunCheckpoints) -> None:
        found = checkpoints.latest()
        fresh = not run.metrics_path.exists()
        after = found.step if found else (None if fresh else 0)
        self._writer = MetricsWriter(run.metrics_path, after=after)
        self._tracker = tracker

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the rows."""
        for row in rows:
            values = {k: v for k, v in row.items() if k != "step"}
            self._writer.write(row["step"], values)
            self._tracker.metrics(row["step"], values)
        self._writer.flush()

    def close(self) -> None:
        """Make the file durable."""
        self._writer.close()
