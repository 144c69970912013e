"""Rows of `[data]` as examples: decisions on training rows, the table on test rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from qml.compression.subjects.base import Examples
from qml.compression.subjects.modules import ModuleSubject
from qml.config.sections.data import DataSection
from qml.data import load, prepare
from qml.ports import Progress
from qml.seeds import Seeds


class Parted(NamedTuple):
    """Examples of a classifier.

    Attributes:
        calibration: Training rows.
        held_out: Test rows.
        source: What the manifest says of their origin.
        digests: SHA-256 of the raw content, by part.
        notes: What a reader must know.
    """

    calibration: Examples
    held_out: Examples
    source: Mapping[str, object]
    digests: Mapping[str, str]
    notes: tuple[str, ...] = ()


def read_rows(
    subject: ModuleSubject,
    section: DataSection,
    *,
    most: int,
    root: Path,
    environ: Mapping[str, str],
    seeds: Seeds,
    progress: Progress,
) -> Parted:
    """Load, split and scale data; rows become images where the model has a shape.

    Args:
        subject: The classifier.
        section: `[data]`; `scale = "auto"` leaves features as they are, since the model was made
            elsewhere.
        most: Test rows in all, drawn from the beginning (`compress.evaluate_tokens`).
        root: Folder of the project.
        environ: Environment variables, for folders of data.
        seeds: Of the split.
        progress: Shows a download.

    Raises:
        DataError: The data cannot be used.
        UsageError: The model does not take its rows.
    """
    data = load(section, root=root, environ=environ, progress=progress)
    scale = "none" if section.scale == "auto" else section.scale
    parts = prepare(data, section, seeds=seeds, scale=scale)
    test = parts.test
    return Parted(
        calibration=subject.examples(parts.train.features, parts.train.labels),
        held_out=subject.examples(test.features[:most], test.labels[:most]),
        source=data.source,
        digests=parts.digests,
    )
