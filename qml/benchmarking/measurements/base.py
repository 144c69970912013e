"""The protocol of a measurement: options in, numbers out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from qml.config import Config
from qml.ports import Progress


class Rehearsed(NamedTuple):
    """A training on a simulator.

    Attributes:
        run_id: Its run.
        test_accuracy: Share of test rows answered rightly at its end.
        validated: Steps taken and accuracy on the validation rows, after each epoch.
        seconds: How long it trained.
    """

    run_id: str
    test_accuracy: float
    validated: tuple[tuple[int, float], ...]
    seconds: float


class Priced(NamedTuple):
    """What a training would cost on a machine; nothing was sent.

    Attributes:
        low: Least, in `currency`.
        expected: What to count on.
        high: Most.
        currency: ISO 4217 code, or a vendor's credit.
        circuits: Circuits over the whole run.
        shots: Shots over the whole run.
        notes: How the price comes about, and how old it is.
    """

    low: Decimal
    expected: Decimal
    high: Decimal
    currency: str
    circuits: int
    shots: int
    notes: tuple[str, ...]


class Trade(Protocol):
    """What measurements may have done for them by the layers above; all of it is free.

    Settings are values by dotted key, put upon the configuration of the cell.
    """

    def train(self, settings: Mapping[str, Any]) -> Rehearsed:
        """Train, as a run of its own; the same settings in the same project train only once."""
        ...

    def rival(self, settings: Mapping[str, Any]) -> Rehearsed:
        """Train the classical model that `rival.name` names, likewise."""
        ...

    def price(self, settings: Mapping[str, Any], backend: str) -> Priced:
        """Price a training on a vendor's machine by its dated tariff.

        Raises:
            PlanError: It cannot run there.
        """
        ...


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
        trade: Trains and prices; None where a measurement is made on its own.
    """

    config: Config
    root: Path
    folder: Path
    environ: Mapping[str, str]
    seed: int
    progress: Progress
    stop: Callable[[], bool]
    trade: Trade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a measurement came to.

    Attributes:
        metrics: Numbers by name.
        samples: Single values behind a number, by its name, e.g. the seconds of each repetition.
        facts: What else a reader should know: versions, settings, what was left out and why.
        timings: Names of the metrics that a clock decides; a replay does not compare them.
        skipped: Why nothing was measured, e.g. a package that is not installed; then the rest is
            empty.
    """

    metrics: Mapping[str, float] = field(default_factory=dict)
    samples: Mapping[str, Sequence[float]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    timings: Sequence[str] = ()
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
