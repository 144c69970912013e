"""`qml status`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qml.cli.options import Json
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

PERIOD = 2.0


def status(
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Look again every two seconds; Ctrl-C ends it.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what runs, waits at a vendor and costs now."""
    from qml.cli.project import here, world
    from qml.tasks.status import status_document

    terminal = Terminal(json=json)
    project = here()
    surroundings = world(terminal)

    def look() -> dict[str, Any]:
        return status_document(project.loaded, project.runs, surroundings)

    if watch:
        _watch(look, terminal)
    else:
        _show(look(), terminal)


def _show(document: dict[str, Any], terminal: Terminal) -> None:
    from qml.report.tables.status import status_table

    terminal.show(document, status_table(document))


def _watch(look: "Callable[[], dict[str, Any]]", terminal: Terminal) -> None:
    """Look again and again; with `--json` one document follows the other."""
    import time

    if terminal.json or not terminal.out.is_terminal:
        while True:
            _show(look(), terminal)
            time.sleep(PERIOD)
    from rich.live import Live

    from qml.report.tables.status import status_table

    with Live(status_table(look()), console=terminal.out, auto_refresh=False) as live:
        while True:
            time.sleep(PERIOD)
            live.update(status_table(look()), refresh=True)
