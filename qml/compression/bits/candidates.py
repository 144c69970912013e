"""Tensors in formats, each rounded once however many allocations use it."""

from collections.abc import Sequence

from qml.compression.bench import Bench
from qml.compression.bits.allocation import Choice
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format, Part
from qml.compression.formats.masked import quantised
from qml.compression.subjects.base import Unit


class Candidates:
    """Turns allocations into candidates that share their parts.

    Args:
        bench: The model.
        base: What is rounded.
        units: Rows of the table.
        formats: Columns of the table.
    """

    def __init__(
        self, bench: Bench, base: Candidate, units: Sequence[Unit], formats: Sequence[Format]
    ) -> None:
        self._bench, self._base = bench, base
        self._units, self._formats = units, formats
        self._parts: dict[tuple[int, int], Part] = {}

    def candidate(self, choice: Choice) -> Candidate:
        """Return the candidate of an allocation."""
        parts = {
            unit.name: self._part(place, int(column))
            for place, (unit, column) in enumerate(zip(self._units, choice, strict=True))
        }
        return Candidate(parts, self._base.others)

    def _part(self, place: int, column: int) -> Part:
        if (place, column) not in self._parts:
            unit = self._units[place]
            weight, before = self._bench.weight(self._base, unit), self._base.parts.get(unit.name)
            self._parts[place, column] = quantised(self._formats[column], weight, before)
        return self._parts[place, column]
