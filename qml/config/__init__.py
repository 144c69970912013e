"""qml.toml: sections, a loader that locates errors by line, and its JSON Schema."""

from qml.config.config import Config, runs_folder
from qml.config.example import example
from qml.config.loader import FILE, Loaded, find, load, validate
from qml.config.origins import flatten
from qml.config.schema import json_schema

__all__ = [
    "FILE",
    "Config",
    "Loaded",
    "example",
    "find",
    "flatten",
    "json_schema",
    "load",
    "runs_folder",
    "validate",
]
