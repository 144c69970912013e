"""From a configuration to a loaded model, its texts, and everything that methods work with."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qml.compression.bench import Bench, no_gradients
from qml.compression.subjects import Examples, open_subject
from qml.compression.subjects.base import Subject
from qml.compression.subjects.labelled import Parted
from qml.compression.subjects.reading import read_examples, reads_rows
from qml.compression.target import read_target
from qml.config import Config
from qml.language.folders import user_cache
from qml.language.sources.base import Settings
from qml.plugins import load
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.compress.checks import exporter_of

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest


class Opened(NamedTuple):
    """What a run works with.

    Attributes:
        bench: For the methods.
        held_out: For the judge alone.
        data: Origin and digests of both, for the manifest.
        notes: What a reader must know of model and examples.
    """

    bench: Bench
    held_out: Examples
    data: dict[str, Any]
    notes: tuple[str, ...]


def open_bench(
    config: Config, root: Path, world: World, seeds: Seeds, stop: "StopRequest"
) -> Opened:
    """Load the model, cut its texts into chunks.

    Raises:
        UsageError: The model cannot be loaded safely, or its architecture is not known.
        DataError: A text is too short.
    """
    section = config.compress
    subject = open_teacher(config, root, world)
    exporter = load("exporters", exporter_of(section.export))
    examples = read_both(subject, config, root, world, seeds)
    bench = Bench(
        subject=subject,
        calibration=examples.calibration,
        section=section,
        target=read_target(section.target),
        exporter=exporter,
        formats=exporter.formats(section),
        cache=user_cache(world.environ).parent / "compress",
        seeds=seeds,
        progress=world.progress,
        clock=world.clock,
        stop=lambda: stop.requested,
    )
    data = {"source": dict(examples.source), "digests": dict(examples.digests)}
    notes = (*subject.notes, *examples.notes)
    return Opened(bench, examples.held_out, data, notes)


def open_teacher(config: Config, root: Path, world: World) -> Subject:
    """Load the model that is compressed.

    Raises:
        UsageError: It cannot be loaded safely, or its architecture is not known.
    """
    section = config.compress
    settings = Settings(root=root, environ=world.environ, threads=config.backend.threads)
    with world.progress.bar(f"loading {section.model}", None):
        subject = open_subject(section.model, settings, section)
    no_gradients(subject.module)
    return subject


def read_both(subject: Subject, config: Config, root: Path, world: World, seeds: Seeds) -> Parted:
    """Read what decisions are made on, and what candidates are judged on.

    Raises:
        DataError: A text or the data cannot be used, or a text is too short.
    """
    return read_examples(
        subject,
        config,
        root=root,
        environ=world.environ,
        seeds=seeds,
        progress=world.progress,
    )


def read_held_out(
    subject: Subject, config: Config, root: Path, world: World, seeds: Seeds
) -> Examples:
    """Read what candidates are judged on.

    Raises:
        DataError: A text or the data cannot be used, or a text is too short.
    """
    if reads_rows(config.compress.model):
        return read_both(subject, config, root, world, seeds).held_out
    section = config.compress
    return subject.read(
        [root / name for name in section.evaluate],
        what="evaluate",
        length=section.length,
        most=section.evaluate_tokens,
    )
