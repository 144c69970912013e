"""Options as `key=value` of the configuration."""

import json
from pathlib import Path
from typing import Any


def setting(key: str, value: Any) -> str:
    """Write an option as `--set` takes it; texts stay texts, whatever they look like.

    Args:
        key: Dotted key of qml.toml.
        value: A number, a text, a list, or a path, which is made absolute.
    """
    return f"{key}={toml(str(value.resolve()) if isinstance(value, Path) else value)}"


def settings(prefix: str, given: dict[str, Any]) -> list[str]:
    """Write those options that were given, all below one prefix."""
    return [setting(f"{prefix}{key}", v) for key, v in given.items() if v is not None]


def several(text: str | None) -> list[str] | None:
    """Read names that are separated by commas; None where the option was not given."""
    return None if text is None else [word.strip() for word in text.split(",") if word.strip()]


def toml(value: Any) -> str:
    """Write a number, a text or a list as TOML, whose texts are JSON's but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
