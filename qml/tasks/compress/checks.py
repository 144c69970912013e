"""What is refused before a model is loaded."""

from pathlib import Path

from qml.config import Config
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError
from qml.plugins import check as check_plugin
from qml.plugins import load
from qml.session import World
from qml.tasks.compress.methods import check_together, tell

_SUFFIXES = {"gguf": ".gguf", "onnx": ".onnx", "safetensors": ""}
"""Of what an export writes."""


def check_all(config: Config, root: Path, world: World) -> None:
    """Refuse bad input.

    Raises:
        ConfigError: A setting is missing or out of range.
        DataError: A text is missing, empty or no UTF-8.
        PluginError: A method or a file format is unknown.
        MissingExtraError: A package is not installed.
    """
    from qml.language.loading import check_torch

    section = config.compress
    if not section.model:
        raise ConfigError(
            "no model is named", hint="`qml compress gguf:smollm2`, or compress.model in qml.toml"
        )
    _check_methods(section)
    _check_output(section, root)
    check_torch()
    from qml.compression.target import read_target

    read_target(section.target)
    for method in section.methods:
        load("compressors", method).check(section)
    check_together(section)
    load("exporters", exporter_of(section.export)).check(section)
    from qml.compression.subjects import check_subject
    from qml.compression.subjects.reading import reads_rows
    from qml.language.sources.base import Settings

    check_subject(section.model, Settings(root=root, environ=world.environ), section)
    if not reads_rows(section.model):
        _check_texts(section, root)
    tell(section, world.progress)


def exporter_of(export: str) -> str:
    """Return the exporter that sets the formats: the simulation grid where nothing is written."""
    return "safetensors" if export == "none" else export


def _check_methods(section: CompressSection) -> None:
    for method in section.methods:
        check_plugin("compressors", method)
    if len(set(section.methods)) < len(section.methods):
        raise ConfigError(
            f"compress.methods = {section.methods} names one twice", hint="each method runs once"
        )


def _check_output(section: CompressSection, root: Path) -> None:
    if section.output is None:
        return
    path = root / section.output
    if section.export == "none":
        raise ConfigError(
            f"nothing is written to {path.name}: compress.export is `none`",
            hint="--export gguf, safetensors or onnx",
        )
    _check_suffix(path, section.export)
    if not path.parent.is_dir():
        raise ConfigError(f"no folder {path.parent}", hint="make it first")
    if path.exists():
        raise ConfigError(f"{path} exists already", hint="name another place, or move it away")


def _check_suffix(path: Path, export: str) -> None:
    wanted = _SUFFIXES.get(export, path.suffix)
    named = path.suffix if path.suffix in (".safetensors", *_SUFFIXES.values()) or wanted else ""
    if named != wanted:
        what = f"a file whose name ends in {wanted}" if wanted else "a folder"
        raise ConfigError(
            f"--output {path.name} does not go with --export {export}, which writes {what}",
            hint=f"--output {path.stem}{wanted}",
        )


def _check_texts(section: CompressSection, root: Path) -> None:
    """Refuse texts that are missing, and held-out text that decisions would be made on."""
    from qml.compression.subjects.apart import check_apart
    from qml.compression.subjects.corpora import read_text

    texts = {}
    for what, files in (("calibrate", section.calibrate), ("evaluate", section.evaluate)):
        if not files:
            raise ConfigError(
                f"compress.{what} names no text", hint=f"--{what} FILE: plain text, UTF-8"
            )
        texts[what] = {name: read_text(root / name, what) for name in files}
    check_apart(texts["calibrate"], texts["evaluate"])
