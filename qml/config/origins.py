"""Where a value came from: default, user file, project file, environment or flag."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qml.config.locate import KeyPlaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One source of values; later layers override earlier ones.

    Attributes:
        name: What a person calls it: `qml.toml`, `environment`, `--set`.
        values: Nested tables.
        file: The file it was read from, or None.
        places: Where the keys stand in that file.
        labels: For each dotted key, how the user wrote it, e.g. `QML_TRAIN__EPOCHS`.
    """

    name: str
    values: dict[str, Any]
    file: Path | None = None
    places: dict[str, KeyPlaces]
    labels: dict[str, str]

    def origin(self, key: str) -> str:
        """Describe where this layer sets a key: `qml.toml:14`, `QML_TRAIN__EPOCHS`, `--set`."""
        if key in self.labels:
            return self.labels[key]
        if key in self.places:
            return f"{self.name}:{self.places[key].value.line}"
        return self.name


def flatten(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Turn nested tables into dotted keys."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat |= flatten(value, f"{name}.")
        else:
            flat[name] = value
    return flat


def nest(flat: dict[str, Any]) -> dict[str, Any]:
    """Turn dotted keys into nested tables; the inverse of `flatten`."""
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        table = nested
        *path, last = key.split(".")
        for part in path:
            table = table.setdefault(part, {})
        table[last] = value
    return nested
