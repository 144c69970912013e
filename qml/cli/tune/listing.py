"""`qml tune list`."""

from qml.cli.options import Json
from qml.report.terminal import Terminal


def listing(json: Json = False) -> None:
    """List the studies of the project."""
    from qml.cli.project import here
    from qml.report.tables.tune import studies_table
    from qml.tasks.tune.reading import studies_document

    document = studies_document(here().runs)
    Terminal(json=json).show(document, studies_table(document))
