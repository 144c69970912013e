"""A tracker that tells a study how a training goes, and asks it to stop where that is hopeless."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.tasks.tune.jobs import Watcher

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest


class Watched:
    """Reports validation losses; mirrors nothing, since the study mirrors its trials at the end.

    Args:
        watcher: Whom it tells.
    """

    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self._stop: StopRequest | None = None
        self.given_up = False

    def stops(self, stop: "StopRequest") -> None:
        """Say what stops the training: its state is saved, so that it could go on."""
        self._stop = stop

    def start(self, run: Path, manifest: Mapping[str, Any]) -> None:
        """Begin to watch."""

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Report the validation loss of an epoch."""
        if "validation_loss" not in values:
            return
        epoch = int(values.get("epoch", step))
        hopeless = self.watcher.report(epoch, values)
        if hopeless and self._stop is not None:
            self.given_up = True
            self._stop.requested = True

    def finish(self, manifest: Mapping[str, Any]) -> str | None:
        """Return None: nothing is left to send."""
        del manifest
        return None

    def also(self, run: Path) -> None:
        """Mirror nothing."""

    def settle(self) -> dict[str, str | None]:
        """Return nothing: no run was sent."""
        return {}

    def sync(self, runs: Sequence[Path]) -> dict[str, str | None]:
        """Return None for every run: nothing is left to send."""
        return {run.name: None for run in runs}
