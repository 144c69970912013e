"""What decisions are made on, and what they are judged on: texts, or the rows of `[data]`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qml.compression.subjects.apart import check_apart
from qml.compression.subjects.base import Subject
from qml.compression.subjects.corpora import read_text
from qml.compression.subjects.labelled import Parted, read_rows
from qml.compression.subjects.modules import ModuleSubject
from qml.files import digest_file
from qml.ports import Progress
from qml.seeds import Seeds

if TYPE_CHECKING:
    from qml.config import Config


def reads_rows(address: str) -> bool:
    """Whether a model takes the rows of `[data]` in the place of texts."""
    return address.startswith("torch:")


def read_examples(
    subject: Subject,
    config: "Config",
    *,
    root: Path,
    environ: Mapping[str, str],
    seeds: Seeds,
    progress: Progress,
) -> Parted:
    """Read calibration and held-out examples.

    Args:
        subject: The model.
        config: `[compress]` names texts, `[data]` names rows.
        root: Folder of the project.
        environ: Environment variables, for folders of data.
        seeds: Of the split of rows.
        progress: Shows a download.

    Raises:
        DataError: A text or the data cannot be used.
        ConfigError: Held-out text is the text that decisions are made on.
        UsageError: The model does not take the rows.
    """
    section = config.compress
    if isinstance(subject, ModuleSubject):
        return read_rows(
            subject,
            config.data,
            most=section.evaluate_tokens,
            root=root,
            environ=environ,
            seeds=seeds,
            progress=progress,
        )
    names = {"calibrate": section.calibrate, "evaluate": section.evaluate}
    limits = {"calibrate": None, "evaluate": section.evaluate_tokens}
    found = {
        what: subject.read(
            [root / name for name in files], what=what, length=section.length, most=limits[what]
        )
        for what, files in names.items()
    }
    texts = {
        what: {name: read_text(root / name, what) for name in files}
        for what, files in names.items()
    }
    every = [*section.calibrate, *section.evaluate]
    return Parted(
        calibration=found["calibrate"],
        held_out=found["evaluate"],
        source=names,
        digests={name: digest_file(root / name) for name in every},
        notes=check_apart(texts["calibrate"], texts["evaluate"]),
    )
