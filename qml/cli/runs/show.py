"""`qml runs show`."""

from qml.cli.options import Json, RunArgument
from qml.report.terminal import Terminal


def show(run: RunArgument, json: Json = False) -> None:
    """Tell everything about a run in one screen."""
    from qml.cli.project import here
    from qml.report.gather import run_document
    from qml.report.tables.run import run_table

    document = run_document(here().run(run))
    Terminal(json=json).show(document, run_table(document))
