"""`[tune.space]` held against the whole configuration, and values put into it."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from qml.config.space import Parameter, Probe, SpaceError, read_space

UNTUNED = frozenset(
    {
        "bench",
        "budget",
        "ledger",
        "measure",
        "pricing",
        "project",
        "rival",
        "screen",
        "test",
        "tracking",
        "tune",
    }
)
"""Sections that decide no result."""


def parameters(config: BaseModel) -> tuple[Parameter, ...]:
    """Return what a configuration tunes, checked.

    Args:
        config: `Config`.

    Raises:
        SpaceError: A key is unknown, or a value does not fit it.
    """
    tune = config.tune  # type: ignore[attr-defined] # `Config` imports this module
    probe = _placeholder if tune.command is not None else _probe(config)
    return read_space(tune.space, probe)


def with_values(document: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration document with values at dotted keys."""
    changed = dict(document)
    for key, value in values.items():
        table, (*path, last) = changed, key.split(".")
        for part in path:
            table[part] = dict(table.get(part) or {})
            table = table[part]
        table[last] = value
    return changed


def _placeholder(key: str, value: Any) -> Any:
    """Names of a command's placeholders are free, and so are their values."""
    if not key.isidentifier():
        raise SpaceError(key, "should be a name, as it stands in the command: {name}", value)
    return value


def _probe(config: BaseModel) -> Probe:
    schema = type(config)
    document = config.model_dump(exclude_none=True, exclude={"tune"})

    def probe(key: str, value: Any) -> Any:
        _check_known(key, value, schema)
        try:
            found: Any = schema.model_validate(with_values(document, {key: value}))
        except ValidationError as error:
            said = error.errors()[0]
            reason = said["msg"].removeprefix("Value error, ").removeprefix("Input ")
            place = ".".join(map(str, said["loc"]))
            where = "" if place.startswith(key) else f"{place} "
            raise SpaceError(key, f"cannot be {value!r}: {where}{_lower(reason)}", value) from None
        for part in key.split("."):
            found = found[part] if isinstance(found, Mapping) else getattr(found, part)
        return found

    return probe


def _check_known(key: str, value: Any, schema: type[BaseModel]) -> None:
    if key.partition(".")[0] in UNTUNED or key.rpartition(".")[2] == "seed":
        raise SpaceError(key, "is no setting that could be tuned", value)
    known = list(_known(schema))
    if key in known or any(key.startswith(f"{free}.") for free in _free(schema)):
        return
    close = get_close_matches(key, known, n=1)
    hint = f"did you mean `{close[0]}`?" if close else "`qml config` shows all keys"
    raise SpaceError(key, f"is no key of qml.toml; {hint}", value)


def _known(schema: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in schema.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _known(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def _free(schema: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield the tables with names of one's own, such as settings of solvers."""
    for name, field in schema.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _free(inner, f"{prefix}{name}.")
        elif dict in {get_origin(inner), *map(get_origin, get_args(inner))}:
            yield f"{prefix}{name}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
