"""GGUF: one file that llama.cpp and what is built on it run.

Units are stored in GGUF's own block formats. A target counts the whole file: metadata, embedding
and norms included. From a GGUF source, all that is not chosen is copied byte by byte.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from qml.compression.candidate import Candidate
from qml.compression.export.atomic import whole
from qml.compression.export.base import Start
from qml.compression.export.engine import judged, speed_of
from qml.compression.export.gguf import contents, embedding
from qml.compression.export.gguf.opened import OpenedGguf
from qml.compression.export.gguf.source import Source, source_of
from qml.compression.export.gguf.words import notes_of
from qml.compression.export.gguf.writing import write_file
from qml.compression.formats import Format
from qml.compression.formats.ggml import EVERYDAY, NAMED, GgmlFormat, block_type, native, writable
from qml.compression.judging import Judgement
from qml.compression.subjects.base import Examples, Subject
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, MissingExtraError

if TYPE_CHECKING:
    from qml.compression.bench import Bench

_NAME = "model.gguf"
_RESHAPING = ("heads", "neurons", "gates")
_ALIGNED = 32
"""GGUF's usual alignment (bytes)."""


def check(section: CompressSection) -> None:
    """Refuse formats that GGUF does not have, or that nothing installed here can write.

    Raises:
        ConfigError: A format is unknown or given twice, or pruning changes the shape of matrices.
        MissingExtraError: gguf or xllamacpp is not installed.
    """
    for package in ("gguf", "xllamacpp"):
        if find_spec(package) is None:
            raise MissingExtraError(package, extra="llm")
    names = section.bits.formats
    for name in names:
        if name not in (*EVERYDAY, *NAMED) or names.count(name) > 1:
            raise ConfigError(
                f"compress.bits.formats: `{name}` is unknown, or given twice",
                hint=f"on offer where none is named: {', '.join(EVERYDAY)}; by name alone:"
                f" {', '.join(NAMED)}",
            )
        if not writable(name):
            raise ConfigError(
                f"compress.bits.formats: this xllamacpp has no function that writes {name}",
                hint=f"what can be written: {', '.join(filter(writable, (*EVERYDAY, *NAMED)))}",
            )
    if "prune" in section.methods and section.prune.pattern in _RESHAPING:
        raise ConfigError(
            f"compress.prune.pattern = {section.prune.pattern}: GGUF keeps all shapes",
            hint="prune with `unstructured` or N:M, or --export safetensors",
        )


def formats(section: CompressSection) -> Sequence[Format]:
    """Return what can be written here, narrowest first; those that are named, or the usual ones."""
    names = filter(writable, section.bits.formats or EVERYDAY)
    return sorted((GgmlFormat(block_type(n)) for n in names), key=lambda f: f.kind.width)


def start(bench: "Bench") -> Start:
    """Choose the embedding's format where the target names a size; see `embedding`.

    Raises:
        PlanError: The model, or its tokenizer, cannot be written.
    """
    source = source_of(bench.subject)
    size = _wanted(bench, source)
    option, options = None, list[embedding.Option]()
    if size is not None:
        option, options = embedding.choose(bench, source, size)
    candidate = Candidate({}, option.parts if option else {})
    document = {
        "embedding": option.name if option else "as in the source",
        "options": [{"format": o.name, "kl": o.kl, "expected_kl": o.expected} for o in options],
        "source": dict(source.quantised),
        "bytes": size,
    }
    notes = notes_of(source, bench.formats, option, written=native())
    return Start(candidate=candidate, notes=notes, document=document)


def budget(subject: Subject, bpw: float, base: Candidate | None = None) -> float:
    """Return the bits for all units where the whole file has so many bits per weight."""
    weights = sum(p.numel() for p in subject.module.parameters())
    return room(subject, int(bpw * weights / 8), base)


def cost(form: Format, rows: int, columns: int) -> float:
    """Return what a unit takes in the file (bits)."""
    return stored(form, rows, columns)


def stored(form: Format, rows: int, columns: int) -> float:
    """Return what a unit takes in the file, up to where the next tensor may begin (bits)."""
    size = int(form.bits(rows, columns)) // 8
    return 8.0 * contents.padded(size, _ALIGNED)


def room(subject: Subject, size: int, base: Candidate | None = None) -> float:
    """Return the bits that a file of `size` bytes leaves for the units; may be negative."""
    return contents.room(source_of(subject), subject, size, base)


def predict(subject: Subject, candidate: Candidate) -> int:
    """Return the size of the file that `write` would make, exactly (bytes)."""
    source = source_of(subject)
    return contents.file_size(source, contents.contents(source, candidate))


def write(subject: Subject, candidate: Candidate, folder: Path) -> Path:
    """Write `folder/model.gguf`, whole or not at all.

    Raises:
        UsageError: It exists, the disk is full, or the folder cannot be written.
        PlanError: A part is in a format that GGUF does not have.
    """
    source, path = source_of(subject), folder / _NAME
    with whole(path, predict(subject, candidate)) as scratch:
        write_file(source, subject, candidate, scratch)
    return path


def judge(path: Path, subject: Subject, examples: Examples) -> Judgement:
    """Run a file on examples by llama.cpp, beside the teacher in torch."""
    return judged(load(path), subject, examples)


def load(path: Path) -> OpenedGguf:
    """Open a file.

    Raises:
        UsageError: It is no GGUF file, damaged, or of an architecture that llama.cpp lacks.
        MissingExtraError: xllamacpp or gguf is not installed.
    """
    return OpenedGguf(path)


def speed(path: Path, subject: Subject, examples: Examples) -> float | None:
    """Return the tokens per second of llama.cpp, with as many threads as torch has."""
    del subject, examples
    return speed_of(load(path))


def _wanted(bench: "Bench", source: Source) -> int | None:
    """Return the size of the file that the target asks for (bytes), or None."""
    target = bench.target
    if target.bytes is not None:
        return target.bytes
    if target.bpw is not None:
        weights = sum(p.numel() for p in bench.subject.module.parameters())
        return int(target.bpw * weights / 8)
    if target.share is not None and "prune" not in bench.section.methods:
        own = contents.file_size(source, contents.contents(source, Candidate({})))
        return int(target.share * own)
    return None
