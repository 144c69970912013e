"""The protocol of a tracker: it mirrors records, and losing it never loses a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

# Stands in the folder of a run that is not mirrored completely; its text says why.
UNSYNCED = ".unsynced"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerSettings:
    """What a tracker is made from.

    Attributes:
        uri: Server or database, as configured.
        experiment: Group of runs in the tracker.
        root: Folder of the project; relative places are relative to it.
        loader_module: Module whose `_load_pyfunc(path)` loads a stored model, or None to mirror
            no model.
        environ: Environment variables.
        limit: Longest time that `finish`, or `sync` for one run, may take (seconds); three times
            as long where a database is made for the first time.
    """

    uri: str
    experiment: str
    root: Path
    loader_module: str | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    limit: float = 20.0


class Tracker(Protocol):
    """Mirrors one run somewhere.

    Calls may return before anything is sent, must not raise for a server that is down or slow, and
    must not delay the run; what could not be sent is sent later from the run folder. A session
    calls `start` once, `metrics` any number of times, and `finish` always, even after an error. A
    benchmark tells of its cells by `also` as they end.
    """

    def start(self, run: Path, manifest: Mapping[str, Any]) -> None:
        """Begin to mirror the run that lies in this folder, beside the work."""
        ...

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Mirror metrics of one step, which are in `metrics.jsonl` already."""
        ...

    def finish(self, manifest: Mapping[str, Any]) -> str | None:
        """Send what is left within a bounded time; the manifest on disk is final by now.

        Returns:
            None where all was sent, else why it was not and what sends it later.
        """
        ...

    def also(self, run: Path) -> None:
        """Mirror, beside the work, a run that has ended and that this one is made of."""
        ...

    def settle(self) -> dict[str, str | None]:
        """Wait within a bounded time until the runs that `also` was told of are sent.

        Returns:
            For each run id since the last call None where all was sent, else why it was not.
        """
        ...

    def sync(self, runs: Sequence[Path]) -> dict[str, str | None]:
        """Send runs from their folders; sending one twice changes nothing.

        Returns:
            For each run id None where all was sent, else why it was not.
        """
        ...


class TrackerFactory(Protocol):
    """What an entry point of `qml.trackers.v1` names: a class or function that makes a tracker."""

    def __call__(self, settings: TrackerSettings) -> Tracker:
        """Make a tracker; touches neither network nor disk."""
        ...
