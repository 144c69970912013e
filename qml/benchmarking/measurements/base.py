"""The protocol of a measurement: options in, numbers out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from qml.config import Config
from qml.ports import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a measurement works with.

    Attributes:
        config: Configuration of the cell.
        root: Folder of the project.
        folder: Where it may leave files, kept with the run.
        environ: Environment variables.
        seed: Root seed of the cell.
        progress: Shows how it goes.
        stop: Whether somebody asked to stop.
    """

    config: Config
    root: Path
    folder: Path
    environ: Mapping[str, str]
    seed: int
    progress: Progress
    stop: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a measurement came to.

    Attributes:
        metrics: Numbers by name.
        samples: Single values behind a number, by its name, e.g. the seconds of each repetition.
        facts: What else a reader should know: versions, settings, what was left out and why.
        skipped: Why nothing was measured, e.g. a package that is not installed; then the rest is
            empty.
    """

    metrics: Mapping[str, float] = field(default_factory=dict)
    samples: Mapping[str, Sequence[float]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    skipped: str | None = None


class Measurement(Protocol):
    """The entry point of a measurement: a module or an object with these functions."""

    def check(self, options: Mapping[str, Any]) -> None:
        """Refuse options that cannot be used.

        Raises:
            ConfigError: An option is unknown or out of range.
        """
        ...

    def measure(self, options: Mapping[str, Any], around: Surroundings) -> Measured:
        """Measure."""
        ...
