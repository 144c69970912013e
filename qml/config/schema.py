"""The JSON Schema of qml.toml, for editors."""

from typing import Any

from qml.config.config import Config


def json_schema() -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) that completes and checks a qml.toml."""
    schema = Config.model_json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qml.toml",
        **{key: value for key, value in schema.items() if key != "title"},
    }
