"""Why a check says nothing."""

from qml.errors import QmlError


class SkippedError(QmlError):
    """A check cannot say anything here; its message says why, its hint what would help."""
