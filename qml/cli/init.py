"""`qml init`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qml.cli.options import Json, NoInput
from qml.errors import UsageError
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.scaffold import Ask, Question


def complete_template(incomplete: str) -> list[str]:
    """Complete the name of a template."""
    from qml.scaffold import list_templates

    return [t.name for t in list_templates() if t.name.startswith(incomplete)]


def init(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="Folder of the new project.")],
    template: Annotated[
        str,
        typer.Option(
            "--template",
            "-t",
            help="classifier, images, custom or kernel.",
            autocompletion=complete_template,
        ),
    ] = "classifier",
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Take the default answer to every question.")
    ] = False,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Answer a question, e.g. layers=6."),
    ] = None,
    json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Make a project that trains at once: configuration, code, tests and a CI workflow."""
    from qml.report.tables.init import init_table
    from qml.tasks.init import init as make

    terminal = Terminal(json=json, no_input=no_input)
    asking = terminal.can_ask and not defaults
    document = make(
        name,
        template=template,
        answers=_answers(set_ or ()),
        ask=_asker(terminal) if asking else None,
    ).document()
    terminal.show(document, init_table(document))


def _answers(pairs: Sequence[str]) -> dict[str, str]:
    answers = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"--set `{pair}`: expected key=value", hint="e.g. --set layers=6")
        answers[key.strip()] = value
    return answers


def _asker(terminal: Terminal) -> "Ask":
    """Ask on stderr, again and again until the answer will do."""

    def ask(question: "Question") -> str:
        while True:
            raw: str = typer.prompt(
                question.help, default=str(question.default), err=True, type=str
            )
            try:
                question.parse(raw)
            except UsageError as error:
                terminal.warn(error.message)
            else:
                return raw

    return ask
