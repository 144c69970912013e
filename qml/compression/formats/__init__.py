"""Formats that a weight matrix can be stored in."""

from qml.compression.formats.base import Format, Lattice, Part
from qml.compression.formats.integer import IntegerFormat, IntegerPart
from qml.compression.formats.plain import Plain

__all__ = ["Format", "IntegerFormat", "IntegerPart", "Lattice", "Part", "Plain"]
