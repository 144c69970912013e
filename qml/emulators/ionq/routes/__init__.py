"""The routes of the API, one file for each of its nouns."""

from qml.emulators.ionq.routes.table import find

__all__ = ["find"]
