"""Turn a validation error into a message with line, caret and the next step."""

from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from qml.config.locate import Place
from qml.config.origins import Layer, flatten
from qml.errors import ConfigError


def diagnose(error: ErrorDetails, layers: list[Layer], schema: type[BaseModel]) -> ConfigError:
    """Build the error for the first complaint of the validator.

    Args:
        error: Complaint of pydantic.
        layers: All layers, lowest precedence first; the last that sets the key is blamed.
        schema: The configuration model, to suggest names from.
    """
    path = _key_path(error["loc"], schema)
    key = ".".join(path)
    unknown = error["type"] == "extra_forbidden"
    layer = next((la for la in reversed(layers) if _sets(la.values, key)), None)
    message = f"unknown key `{key}`" if unknown else f"`{key}`: {_reason(error)}"
    hint = _suggest(path, schema) if unknown else _default_hint(path, schema)
    if layer is None:
        return ConfigError(message, hint=hint)
    places = layer.places.get(key)
    if places is None:
        got = "" if unknown else f", got {error['input']!r}"
        return ConfigError(f"{layer.origin(key)}: {message}{got}", hint=hint)
    place = places.key if unknown else places.value
    note = "" if unknown else f" got {error['input']!r}"
    return ConfigError(
        f"{layer.name}:{place.line}:{place.column}: {message}",
        details=excerpt(place, note),
        hint=hint,
    )


def excerpt(place: Place, note: str = "") -> str:
    """Show the line with carets beneath the stretch."""
    gutter = " " * len(str(place.line))
    carets = " " * (place.column - 1) + "^" * place.width
    return f"{gutter} |\n{place.line} | {place.text}\n{gutter} | {carets}{note}"


def _key_path(loc: tuple[int | str, ...], schema: type[BaseModel]) -> list[str]:
    """Drop what pydantic adds to a location below the key: indices, names of union members."""
    path: list[str] = []
    current: Any = schema
    for part in loc:
        path.append(str(part))
        current = _beneath(current, str(part))
        if not (hasattr(current, "model_fields") or get_origin(current) is dict):
            break
    return path


def _beneath(schema: Any, part: str) -> Any:
    """Return the type of a key of a section or of a table with free names, or None."""
    if get_origin(schema) is dict:
        return get_args(schema)[1]
    if part in schema.model_fields:
        return schema.model_fields[part].annotation
    free = schema.__annotations__.get("__pydantic_extra__")
    return get_args(free)[1] if free else None


def _sets(values: dict[str, Any], key: str) -> bool:
    return any(name == key or name.startswith(f"{key}.") for name in flatten(values))


def _reason(error: ErrorDetails) -> str:
    if error["type"] in ("dict_type", "model_type"):
        return "should be a table"
    text = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return text[0].lower() + text[1:]


def _section(path: list[str], schema: type[BaseModel]) -> Any:
    current: Any = schema
    for part in path[:-1]:
        current = _beneath(current, part)
    return current


def _suggest(path: list[str], schema: type[BaseModel]) -> str:
    known = list(_section(path, schema).model_fields)
    close = get_close_matches(path[-1], known, n=1)
    if close:
        return f"did you mean `{'.'.join([*path[:-1], close[0]])}`?"
    return f"known here: {', '.join(known)}"


def _default_hint(path: list[str], schema: type[BaseModel]) -> str | None:
    field = getattr(_section(path, schema), "model_fields", {}).get(path[-1])
    if field is None:
        return schema.model_fields[path[0]].description
    if hasattr(field.annotation, "model_fields"):
        return None
    default = field.get_default(call_default_factory=True)
    shown = "unset" if default is None else repr(default)
    return f"{field.description} Leave it out for the default, {shown}."
