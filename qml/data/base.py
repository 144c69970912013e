"""What a named data set is: the contract of the entry points `qml.datasets.v1`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset
from qml.ports import Progress


class DatasetLoader(Protocol):
    """Loads one named data set."""

    def __call__(
        self, section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
    ) -> Dataset:
        """Return the whole data set, with its own split where it has one.

        Args:
            section: `[data]`; `dir`, relative to `root`, may name the folder of its files.
            root: Project folder.
            environ: Environment variables.
            progress: Shows a download.

        Raises:
            DataError: Its files are missing or damaged.
        """
        ...
