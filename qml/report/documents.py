"""JSON documents: how they are written, and the one that tells of a failure."""

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from qml.errors import QmlError

_WIDTH = 100
_STEP = "  "


def dumps(document: Any, *, ascii_only: bool = False) -> str:
    """Write a document as indented JSON; tables and lists that fit on one line stay on one line.

    Numbers that JSON does not know (NaN, infinities) become null; paths and Decimals become
    strings, sets sorted lists.

    Args:
        document: Mappings, sequences, strings, numbers, booleans, None.
        ascii_only: Escape everything beyond ASCII.
    """
    return _write(_plain(document), "", ascii_only)


def error_document(error: QmlError) -> dict[str, Any]:
    """Return the document `qml.error/1` of an error."""
    return {
        "schema": "qml.error/1",
        "error": {
            "type": type(error).__name__,
            "message": error.message,
            "hint": error.hint,
            "details": error.details,
        },
        "exit_code": int(error.exit_code),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal | PurePath):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value


def _write(value: Any, indent: str, ascii_only: bool) -> str:  # noqa: FBT001 - private recursion
    line = json.dumps(value, ensure_ascii=ascii_only, allow_nan=False)
    if not isinstance(value, dict | list) or (len(indent) + len(line) <= _WIDTH and indent):
        return line
    inner = indent + _STEP
    if isinstance(value, dict):
        rows = [
            f"{json.dumps(key, ensure_ascii=ascii_only)}: {_write(item, inner, ascii_only)}"
            for key, item in value.items()
        ]
        opening, closing = "{}"
    else:
        rows = [_write(item, inner, ascii_only) for item in value]
        opening, closing = "[]"
    body = ",\n".join(inner + row for row in rows)
    return f"{opening}\n{body}\n{indent}{closing}" if rows else opening + closing
