"""The code of a run: what was committed, what was not, and how to lay it out again."""

from qml.records.code.archive import SourceFile
from qml.records.code.describe import describe_code
from qml.records.code.layout import layout

__all__ = ["SourceFile", "describe_code", "layout"]
