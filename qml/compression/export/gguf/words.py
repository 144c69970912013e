"""What a reader of the result must know of a GGUF export."""

from collections.abc import Sequence

from qml.compression.export.gguf.embedding import Option
from qml.compression.export.gguf.source import Source
from qml.compression.formats import Format


def notes_of(
    source: Source, formats: Sequence[Format], option: Option | None, *, written: bool
) -> tuple[str, ...]:
    """Return the notes.

    Args:
        source: What the file is made from.
        formats: What is on offer.
        option: Format of the embedding, or None where nothing was chosen.
        written: Whether the engine's library writes block formats.
    """
    found = []
    if source.quantised:
        names = ", ".join(sorted(source.quantised, key=lambda n: -source.quantised[n]))
        found.append(
            f"The teacher is no original: it is the {names} of {source.path.name}, dequantised."  # type: ignore[union-attr] # it was read from there
        )
        found += [_artefact(form.name) for form in formats if form.name in source.quantised]
    if option is not None and option.parts:
        found.append(
            f"The target counts the whole file; embedding and head are stored as {option.name}."
        )
    if not written:
        found.append(
            "This xllamacpp has no function that writes block formats: K- and IQ-formats are not"
            " on offer, and importance does not matter."
        )
    return tuple(found)


def _artefact(name: str) -> str:
    return (
        f"A tensor of the source that was {name} loses nothing as {name} again: that is an artefact"
        " of the source, not a merit of the format."
    )
