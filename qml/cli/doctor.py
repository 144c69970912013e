"""`qml doctor`."""

import os
from pathlib import Path

import typer

from qml.cli.options import Json
from qml.errors import ExitCode
from qml.report.terminal import Terminal


def doctor(json: Json = False) -> None:
    """Say what is installed, what is missing and what mends it; credentials are never shown."""
    from qml.report.tables.doctor import doctor_table
    from qml.tasks.doctor import doctor_document

    document = doctor_document(Path.cwd(), os.environ)
    Terminal(json=json).show(document, doctor_table(document))
    if not document["ok"]:
        raise typer.Exit(int(ExitCode.CHECK_FAILED))
