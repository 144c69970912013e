"""Reading manifests of every schema there ever was.

Each change of the schema adds one module here, `to_v<N>.py`, whose `migrate(document)` turns a
document of version N - 1 into one of version N, one line in `STEPS`, and one golden manifest under
`tests/records/golden/`. Files on disk are never rewritten; only the reader upgrades.
"""

from collections.abc import Callable, Mapping
from typing import Any

from qml.errors import RunError

CURRENT = 1
# STEPS[n] turns version n into version n + 1.
STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def upgrade(
    document: dict[str, Any],
    *,
    where: str,
    current: int = CURRENT,
    steps: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = STEPS,
) -> dict[str, Any]:
    """Bring a manifest of any earlier version to the current one.

    Args:
        document: Parsed manifest.
        where: File it was read from, for messages.
        current: Version to reach.
        steps: Migration of each version.

    Raises:
        RunError: It is not a manifest, or one of a newer qml.
    """
    version = _version(document, where)
    if version > current:
        raise RunError(
            f"{where} was written by a newer qml (manifest version {version}, this one reads up "
            f"to {current})",
            hint="pip install --upgrade qml-workbench",
        )
    for step in range(version, current):
        document = steps[step](document)
    return document


def _version(document: dict[str, Any], where: str) -> int:
    schema = document.get("schema")
    name, _, number = schema.partition("/") if isinstance(schema, str) else ("", "", "")
    if name != "qml.manifest" or not number.isdigit():
        raise RunError(f"{where} is not a manifest: its schema is {schema!r}")
    return int(number)
