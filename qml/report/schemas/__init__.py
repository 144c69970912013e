"""JSON Schemas (draft 2020-12) of every document that `--json` prints."""

import json
from importlib.resources import files
from typing import Any

from qml.errors import UsageError

_PACKAGE = "qml.report.schemas"


def load(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a document.

    Args:
        name: What the document says in `schema`, e.g. `qml.train/1`.

    Raises:
        UsageError: There is no schema of that name.
    """
    if name not in names():
        raise UsageError(f"no schema `{name}`", hint=f"known: {', '.join(names())}")
    text = files(_PACKAGE).joinpath(f"{name.replace('/', '-')}.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def names() -> list[str]:
    """Return the names of all schemas."""
    found = (file.name for file in files(_PACKAGE).iterdir())
    return sorted(
        "/".join(name.removesuffix(".json").rsplit("-", 1))
        for name in found
        if name.endswith(".json")
    )
