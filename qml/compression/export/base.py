"""The protocol of a file format for compressed models."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format
from qml.compression.judging import Judgement
from qml.compression.subjects.base import Examples, Subject
from qml.config.sections.compress import CompressSection


class Exporter(Protocol):
    """The module that an entry point of `qml.exporters.v1` names."""

    def check(self, section: CompressSection) -> None:
        """Refuse what cannot be written, before a model is loaded.

        Raises:
            ConfigError: A setting does not go with the format.
            MissingExtraError: A package is not installed.
        """
        ...

    def formats(self, section: CompressSection) -> Sequence[Format]:
        """Return what units may be stored in."""
        ...

    def budget(self, subject: Subject, bpw: float) -> float:
        """Return how many bits all units together may take for a target in bits per weight.

        Here it is settled whether the target counts payload (codes alone) or the whole file.
        """
        ...

    def cost(self, form: Format, rows: int, columns: int) -> float:
        """Return what a unit takes of that budget (bits)."""
        ...

    def room(self, subject: Subject, size: int) -> float:
        """Return how many bits are left for the units in a file of `size` bytes; may be negative.

        Headers, metadata and everything that is no unit are subtracted; the units are counted as
        `stored` does. For targets in bytes, and in percent of the source's size.
        """
        ...

    def stored(self, form: Format, rows: int, columns: int) -> float:
        """Return what a unit takes in the file, scales and padding included (bits)."""
        ...

    def predict(self, subject: Subject, candidate: Candidate) -> int:
        """Return the size of the file that `write` would make (bytes)."""
        ...

    def write(self, subject: Subject, candidate: Candidate, folder: Path) -> Path:
        """Write the file, whole or not at all.

        Args:
            subject: The model that was compressed.
            candidate: What was chosen.
            folder: Where to.

        Returns:
            The file (or the folder) that the model is loaded from.
        """
        ...

    def judge(self, path: Path, subject: Subject, examples: Examples) -> Judgement:
        """Load a written file, and run what it holds on examples, beside the teacher."""
        ...

    def speed(self, path: Path, subject: Subject, examples: Examples) -> float | None:
        """Return the tokens per second that the file generates with its own engine, or None."""
        ...
