"""Ising models as JSON: `{"h": ..., "J": ...}`, energy = sum h_i s_i + sum J_ij s_i s_j + offset.

`h` is a list, or an object from variables to fields. `J` is a list of `[i, j, value]`, or an object
whose keys name two variables with a comma between them, as in `{"0,1": -1.0}`. `offset` is
optional. Energies are minimised: ferromagnetic couplings are negative.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dimod

from qml.errors import DataError
from qml.problems.formats.numbers import finite

Name = int | str


def read(document: Mapping[str, Any], name: str) -> dimod.BinaryQuadraticModel:
    """Read an Ising model.

    Args:
        document: The JSON object.
        name: Name of the file, for messages.

    Raises:
        DataError: A key is unknown, or a coefficient cannot be read or stands there twice.
    """
    unknown = set(document) - {"h", "J", "offset"}
    if unknown:
        raise DataError(
            f"{name}: unknown key `{min(unknown)}`", hint="an Ising file has h, J and offset"
        )
    model = dimod.BinaryQuadraticModel("SPIN")
    for variable, value in _fields(document.get("h", {}), name):
        model.add_linear(variable, value)
    seen: set[frozenset[Name]] = set()
    for u, v, value in _couplings(document.get("J", []), name):
        pair = frozenset((u, v))
        if len(pair) == 1:
            raise DataError(f"{name}: J couples `{u}` to itself")
        if pair in seen:
            raise DataError(f"{name}: J has `{u}` and `{v}` twice")
        seen.add(pair)
        model.add_quadratic(u, v, value)
    model.offset = finite(document.get("offset", 0.0), f"{name}, offset")
    return model


def _fields(table: Any, name: str) -> Iterator[tuple[Name, float]]:
    if isinstance(table, list):
        table = {str(i): value for i, value in enumerate(table)}
    if not isinstance(table, dict):
        raise DataError(f"{name}: h must be a list or an object")
    for key, value in table.items():
        yield _name(key), finite(value, f"{name}, h of {key}")


def _couplings(table: Any, name: str) -> Iterator[tuple[Name, Name, float]]:
    if isinstance(table, dict):
        table = [[*str(key).strip("()[]").split(","), value] for key, value in table.items()]
    if not isinstance(table, list):
        raise DataError(f"{name}: J must be a list of [i, j, value] or an object")
    for row in table:
        if not isinstance(row, list) or len(row) != len("ijv"):
            raise DataError(f"{name}: J: `{row}` does not name two variables and a value")
        u, v = _name(row[0]), _name(row[1])
        yield u, v, finite(row[2], f"{name}, J of {u} and {v}")


def _name(key: Any) -> Name:
    """Return a variable; digits are a number, as JSON's keys are always texts."""
    text = str(key).strip().strip("'\"")
    return int(text) if text.isdigit() else text
