"""`qml config`: every value and where it came from."""

from typing import Any

from qml.config import Loaded, flatten


def config_document(loaded: Loaded) -> dict[str, Any]:
    """Return `qml.config/1`: all keys with values and origins."""
    values = flatten(loaded.config.model_dump(mode="json"))
    return {
        "schema": "qml.config/1",
        "file": str(loaded.file) if loaded.file else None,
        "root": str(loaded.root),
        "entries": [
            {"key": key, "value": value, "origin": loaded.origins.get(key, "default")}
            for key, value in values.items()
        ],
    }


def config_text(loaded: Loaded) -> str:
    """Return the whole configuration as TOML."""
    import tomli_w

    return tomli_w.dumps(loaded.config.document())
