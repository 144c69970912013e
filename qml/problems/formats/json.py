"""JSON files: dimod's own, an Ising model, or a matrix."""

import json
from typing import Any

import dimod
from dimod.serialization.json import dimod_object_hook

from qml.errors import DataError
from qml.problems.formats import ising, matrix

_HINT = "it is dimod's own JSON, an Ising model with h and J, or a matrix (a list of rows)"


def read(text: str, name: str) -> dimod.BinaryQuadraticModel:
    """Read a model.

    Args:
        text: What the file says.
        name: Its name, for messages.

    Raises:
        DataError: It is no JSON, or none of the three.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{name}, line {error.lineno}, column {error.colno}"
        raise DataError(f"{place}: {error.msg}", hint=_HINT) from None
    if isinstance(document, list):
        return matrix.read(document, name)
    if isinstance(document, dict) and document.get("type") == "BinaryQuadraticModel":
        return _dimod(document, name)
    if isinstance(document, dict) and "matrix" in document:
        return matrix.read(document["matrix"], name)
    if isinstance(document, dict) and ("h" in document or "J" in document):
        return ising.read(document, name)
    raise DataError(f"{name}: this JSON is no problem", hint=_HINT)


def _dimod(document: dict[str, Any], name: str) -> dimod.BinaryQuadraticModel:
    if document.get("use_bytes"):
        raise DataError(f"{name}: packed bytes are not read", hint="write it with use_bytes=False")
    try:
        return dimod_object_hook(document)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{name}: dimod cannot read it: {error!r}") from error
