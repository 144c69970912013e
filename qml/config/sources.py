"""Read the layers: files, environment and `--set` pairs."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qml.config.locate import locate
from qml.config.origins import Layer, nest
from qml.errors import ConfigError

PREFIX = "QML_"
# These steer the process, not the configuration.
RESERVED = frozenset({"QML_DATA_DIR", "QML_TEST_DATA", "QML_DEBUG", "QML_CACHE_DIR"})


def file_layer(path: Path, name: str) -> Layer:
    """Read a TOML file.

    Raises:
        ConfigError: The file is not valid TOML; says where.
    """
    text = path.read_text(encoding="utf-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(name, text, str(error)) from error
    return Layer(name=name, values=values, file=path, places=locate(text), labels={})


def environment_layer(environ: Mapping[str, str]) -> Layer:
    """Read `QML_SECTION__KEY=value` variables."""
    flat, labels = {}, {}
    for variable, raw in sorted(environ.items()):
        if variable.startswith(PREFIX) and "__" in variable and variable not in RESERVED:
            key = _spelled(variable.removeprefix(PREFIX).replace("__", "."))
            flat[key], labels[key] = parse_value(raw), variable
    return Layer(name="environment", values=nest(flat), places={}, labels=labels)


def pairs_layer(pairs: Iterable[str], name: str = "--set") -> Layer:
    """Read `key=value` pairs.

    Raises:
        ConfigError: A pair has no `=` or an empty key.
    """
    flat, labels = {}, {}
    for pair in pairs:
        key, equals, raw = pair.partition("=")
        key = key.strip()
        if not equals or not key:
            raise ConfigError(
                f"{name} `{pair}`: expected key=value", hint=f"e.g. {name} train.epochs=5"
            )
        flat[key], labels[key] = parse_value(raw), f"{name} {key}"
    return Layer(name=name, values=nest(flat), places={}, labels=labels)


def parse_value(raw: str) -> Any:
    """Parse a value as TOML would (`5`, `true`, `[1, 2]`); anything else is a string."""
    try:
        return tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        return raw


def _spelled(key: str) -> str:
    """Lower-case an environment key, save for the one-letter keys that are capitals (`model.C`)."""
    section, _, rest = key.partition(".")
    return f"{section.lower()}.{rest if rest == 'C' else rest.lower()}"


def _syntax_error(name: str, text: str, message: str) -> ConfigError:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    lines = text.splitlines() or [""]
    line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    what = message.partition(" (at ")[0]
    shown = lines[min(line, len(lines)) - 1]
    gutter = " " * len(str(line))
    return ConfigError(
        f"{name}:{line}:{column}: not valid TOML: {what}",
        details=f"{gutter} |\n{line} | {shown}\n{gutter} | {' ' * (column - 1)}^",
        hint="strings need quotes, tables are written [name]",
    )
