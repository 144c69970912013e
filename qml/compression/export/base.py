"""The protocol of a file format for compressed models."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format
from qml.compression.judging import Judgement
from qml.compression.subjects.base import Examples, Subject
from qml.config.sections.compress import CompressSection

if TYPE_CHECKING:
    from qml.compression.bench import Bench


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a file format settles before any method runs.

    Attributes:
        candidate: What every method starts from; `others` holds what is stored beside the units,
            e.g. the embedding in a format that the target allows.
        notes: What a reader must know.
        document: How it was settled, for the records, JSON values.
    """

    candidate: Candidate
    notes: tuple[str, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)


class Exported(Protocol):
    """A written file, opened by the engine that runs it; closed by `close`.

    Attributes:
        bytes: Size of all that is loaded (bytes).
        formats: Tensors by the format that they are stored in.
        engine: Name and version of what runs it.
    """

    bytes: int
    formats: Mapping[str, int]
    engine: str

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Read texts as `Subject.read` does, with the file's own tokenizer."""
        ...

    def logits(self, examples: Examples) -> Iterator[Tensor]:
        """Yield the logits of all outputs in their order, shape (outputs, classes), float32."""
        ...

    def speed(self, *, threads: int) -> float | None:
        """Return the tokens per second that it generates, or None where it generates none."""
        ...

    def answer(self, prompt: str, *, tokens: int) -> str | None:
        """Return the likeliest answer to a prompt, or None where it gives none."""
        ...

    def close(self) -> None:
        """Free the memory."""
        ...


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

    def start(self, bench: "Bench") -> Start:
        """Settle what no method chooses, and refuse a source that cannot be written.

        Raises:
            PlanError: The file cannot hold this model.
        """
        ...

    def budget(self, subject: Subject, bpw: float, base: Candidate | None = None) -> float:
        """Return how many bits all units together may take for a target in bits per weight.

        Here it is settled whether the target counts payload (codes alone) or the whole file.

        Args:
            subject: The model.
            bpw: Most bits per weight.
            base: What the methods start from; what it stores beside the units is taken off.
        """
        ...

    def cost(self, form: Format, rows: int, columns: int) -> float:
        """Return what a unit takes of that budget (bits)."""
        ...

    def room(self, subject: Subject, size: int, base: Candidate | None = None) -> float:
        """Return how many bits are left for the units in a file of `size` bytes; may be negative.

        Headers, metadata and everything that is no unit are subtracted; the units are counted as
        `stored` does. For targets in bytes, and in percent of the uncompressed file.
        `base` is that of `budget`.
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

    def load(self, path: Path) -> Exported:
        """Open a written file.

        Raises:
            UsageError: It is no file of this format, or damaged.
            MissingExtraError: What runs it is not installed.
        """
        ...

    def speed(self, path: Path, subject: Subject, examples: Examples) -> float | None:
        """Return the tokens per second that the file generates with its own engine, or None."""
        ...
