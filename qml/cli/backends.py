"""`qml backends`."""

from qml.cli.options import Json
from qml.report.terminal import Terminal


def backends(json: Json = False) -> None:
    """List where circuits can run, and what each backend lacks."""
    from qml.cli.project import here
    from qml.report.tables.backends import backends_table
    from qml.tasks.backends import backends_document

    document = backends_document(here().loaded.config)
    Terminal(json=json).show(document, backends_table(document))
