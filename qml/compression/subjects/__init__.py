"""What is compressed: loaded models behind one protocol."""

from qml.compression.subjects.base import Examples, Subject, Unit
from qml.compression.subjects.opening import check_subject, open_subject

__all__ = ["Examples", "Subject", "Unit", "check_subject", "open_subject"]
