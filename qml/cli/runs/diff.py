"""`qml runs diff`."""

from qml.cli.options import Json, RunArgument
from qml.report.terminal import Terminal


def diff(left: RunArgument, right: RunArgument, json: Json = False) -> None:
    """Say why two runs differ: configuration, code, data, packages, seeds, backend."""
    from qml.cli.project import here
    from qml.report.tables.diff import diff_table
    from qml.tasks.runs import diff_document

    project = here()
    document = diff_document(project.run(left), project.run(right), project.root)
    Terminal(json=json).show(document, diff_table(document))
