"""Values of a document in one line: digests shortened, tables written as words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from qml.report import numbers

_DIGEST = re.compile(r"[0-9a-f]{32,}")
_DIGEST_LETTERS = 12


def short(value: Any) -> str:
    """Write any value of a document in one line.

    Digests (32 hexadecimal digits or more) keep their first 12.
    """
    match value:
        case None:
            text = numbers.MISSING
        case bool():
            text = "yes" if value else "no"
        case float():
            text = numbers.decimal(value, 6)
        case Mapping():
            text = inline(value)
        case Sequence() if not isinstance(value, str):
            text = ", ".join(short(item) for item in value)
        case _:
            text = _DIGEST.sub(lambda found: found[0][:_DIGEST_LETTERS], str(value))
    return text


def inline(table: Mapping[str, Any]) -> str:
    """Write a table in words: `rows 1,437, features 8`; empty values are left out."""
    return ", ".join(
        f"{key.replace('_', ' ')} {_inner(value)}"
        for key, value in table.items()
        if value not in (None, "", [], {})
    )


def _inner(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"({inline(value)})"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return short(value)


def flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Turn nested tables into dotted keys."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found
