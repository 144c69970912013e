"""Copier as a library: no questions, no tasks, no extensions, no trust."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qml.files import write_json
from qml.scaffold.answers import write_answers
from qml.scaffold.library import SHARED, Template

SCHEMA_FILE = "qml.schema.json"


def render(template: Template, answers: Mapping[str, Any], folder: Path) -> None:
    """Write a project: the template's own files, those all projects share, schema and answers.

    A template's own file wins over a shared one of the same name.

    Args:
        template: Which kind.
        answers: A value for every question.
        folder: Where to; made if missing.
    """
    from qml.config import json_schema

    data = {**answers, "template": template.name, "qml_version": version("qml-workbench")}
    for source in (template.folder, template.folder.parent / SHARED):
        copy_into(source, folder, data)
    write_json(folder / SCHEMA_FILE, json_schema())
    write_answers(folder, template, answers)


def copy_into(source: Path, folder: Path, data: Mapping[str, Any]) -> None:
    """Render a folder of templates into another; files that are there already stay."""
    from copier import Settings, run_copy

    run_copy(
        str(source),
        folder,
        data=dict(data),
        defaults=True,
        overwrite=False,
        skip_if_exists=["**"],
        quiet=True,
        unsafe=False,
        skip_tasks=True,
        settings=Settings(),  # a person's own copier settings never change what a template gives
    )
