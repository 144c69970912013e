"""Load the configuration: layers in order of precedence, then one validation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qml.config.config import Config
from qml.config.diagnose import diagnose, excerpt
from qml.config.origins import Layer, flatten, nest
from qml.config.sources import environment_layer, file_layer, pairs_layer
from qml.errors import ConfigError

FILE = "qml.toml"
# A layer that sets one of these unsets the others of the layers below it.
_ALTERNATIVES = (("data.name", "data.path", "data.entry"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A valid configuration and where it came from.

    Attributes:
        config: The configuration.
        origins: For every key that is not at its default, where it was set.
        root: Folder of the project.
        file: Its qml.toml, or None where there is none.
    """

    config: Config
    origins: dict[str, str]
    root: Path
    file: Path | None


def load(
    start: Path,
    *,
    environ: Mapping[str, str],
    pairs: Iterable[str] = (),
    flags: Iterable[str] = (),
    user_file: Path | None = None,
) -> Loaded:
    """Load the configuration that holds in a folder.

    Args:
        start: Folder to look in; the nearest qml.toml here or above is the project's.
        environ: Environment variables.
        pairs: `key=value` of `--set`.
        flags: `key=value` of flags of their own, such as `--backend`.
        user_file: The user's own defaults, or None.

    Raises:
        ConfigError: A file is not valid TOML, or a key is unknown, malformed or out of range.
    """
    file = find(start)
    layers = []
    if user_file is not None and user_file.is_file():
        layers.append(file_layer(user_file, str(user_file)))
    if file is not None:
        layers.append(file_layer(file, file.name))
    layers += [environment_layer(environ), pairs_layer(pairs), pairs_layer(flags, "flag")]
    merged, origins = _merge(layers)
    return Loaded(
        config=_validate(merged, layers),
        origins=origins,
        root=(file.parent if file is not None else start).resolve(),
        file=file,
    )


def find(start: Path) -> Path | None:
    """Return the nearest qml.toml in a folder or above it."""
    folder = start.resolve()
    return next((f / FILE for f in (folder, *folder.parents) if (f / FILE).is_file()), None)


def validate(document: Mapping[str, Any]) -> Config:
    """Validate a configuration that is already one document, e.g. of a manifest.

    Raises:
        ConfigError: A key is unknown, malformed or out of range.
    """
    values = dict(document)
    layer = Layer(name="config", values=values, places={}, labels={})
    return _validate(values, [layer])


def _merge(layers: list[Layer]) -> tuple[dict[str, Any], dict[str, str]]:
    flat: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        found = flatten(layer.values)
        _check_alternatives(layer, found)
        for group in _ALTERNATIVES:
            if any(key in found for key in group):
                for key in group:
                    flat.pop(key, None)
                    origins.pop(key, None)
        flat |= found
        origins |= {key: layer.origin(key) for key in found}
    return nest(flat), origins


def _check_alternatives(layer: Layer, found: dict[str, Any]) -> None:
    for group in _ALTERNATIVES:
        given = [key for key in group if key in found]
        if len(given) > 1:
            place = layer.places.get(given[1])
            raise ConfigError(
                f"{layer.origin(given[1])}: `{given[1]}` cannot stand beside `{given[0]}`",
                details=excerpt(place.key) if place else None,
                hint=f"keep one of {', '.join(group)}",
            )


def _validate(values: dict[str, Any], layers: list[Layer]) -> Config:
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise diagnose(error.errors()[0], layers, Config) from None
