"""`qml runs list`."""

from qml.cli.options import Json
from qml.report.terminal import Terminal


def list_runs(json: Json = False) -> None:
    """List all runs, newest first."""
    from qml.cli.project import here
    from qml.report.tables.runs import runs_table
    from qml.tasks.runs import list_document

    document = list_document(here().runs)
    Terminal(json=json).show(document, runs_table(document))
