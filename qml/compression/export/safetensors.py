"""safetensors with packed integers: the simulation grid as a file."""

from collections.abc import Sequence

from qml.compression.formats import Format, IntegerFormat
from qml.compression.subjects.base import Subject
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError

_NARROWEST, _WIDEST = 2, 8


def check(section: CompressSection) -> None:
    """Refuse widths that no code of this file has.

    Raises:
        ConfigError: A width is out of range or given twice.
    """
    widths = section.bits.widths
    if len(set(widths)) < len(widths) or not all(_NARROWEST <= w <= _WIDEST for w in widths):
        raise ConfigError(
            f"compress.bits.widths = {widths}: each once, {_NARROWEST} to {_WIDEST} bits"
        )


def formats(section: CompressSection) -> Sequence[Format]:
    """Return integers of all widths on offer, narrowest first."""
    return [IntegerFormat(width, section.bits.group) for width in sorted(section.bits.widths)]


def budget(subject: Subject, bpw: float) -> float:
    """Return the bits of all codes: here a target counts the payload of the units."""
    return bpw * sum(unit.weights for unit in subject.units)


def cost(form: Format, rows: int, columns: int) -> float:
    """Return the payload of a unit (bits)."""
    return form.payload(rows, columns)
