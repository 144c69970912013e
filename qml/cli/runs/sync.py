"""`qml runs sync`."""

from qml.cli.options import Json
from qml.report.terminal import Terminal


def sync(json: Json = False) -> None:
    """Send to the tracker what it has not got yet."""
    from qml.cli.project import here, world
    from qml.tasks.sync import sync_document

    terminal = Terminal(json=json)
    document = sync_document(here(), world(terminal))
    if json:
        terminal.print_document(document)
        return
    for run, problem in document["runs"].items():
        terminal.print_text(f"{run}  {problem or 'sent'}")
    terminal.say(f"{len(document['runs'])} runs had something to send")
