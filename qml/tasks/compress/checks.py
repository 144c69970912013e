"""What is refused before a model is loaded."""

from pathlib import Path

from qml.config import Config
from qml.errors import ConfigError
from qml.plugins import check as check_plugin
from qml.plugins import load
from qml.session import World


def check_all(config: Config, root: Path, world: World) -> None:
    """Refuse bad input.

    Raises:
        ConfigError: A setting is missing or out of range.
        DataError: A text is missing, empty or no UTF-8.
        PluginError: A method or a file format is unknown.
        MissingExtraError: A package is not installed.
    """
    del world
    from qml.language.loading import check_torch

    section = config.compress
    if not section.model:
        raise ConfigError(
            "no model is named", hint="`qml compress gguf:smollm2`, or compress.model in qml.toml"
        )
    for method in section.methods:
        check_plugin("compressors", method)
    check_torch()
    from qml.compression.subjects.corpora import read_text
    from qml.compression.target import read_target

    read_target(section.target)
    for method in section.methods:
        load("compressors", method).check(section)
    load("exporters", exporter_of(section.export)).check(section)
    for what, files in (("calibrate", section.calibrate), ("evaluate", section.evaluate)):
        if not files:
            raise ConfigError(
                f"compress.{what} names no text", hint=f"--{what} FILE: plain text, UTF-8"
            )
        for name in files:
            read_text(root / name, what)


def exporter_of(export: str) -> str:
    """Return the exporter that sets the formats: the simulation grid where nothing is written."""
    return "safetensors" if export == "none" else export
