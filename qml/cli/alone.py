"""A group of commands that shows its first one where none is named."""

from collections.abc import Callable

import typer

from qml.cli.guard import guarded
from qml.cli.options import Json


def alone(app: typer.Typer, show: Callable[..., None]) -> None:
    """Let a group without a subcommand do what `show` does, a command that needs no argument."""

    def callback(context: typer.Context, json: Json = False) -> None:
        if context.invoked_subcommand is None:
            show(json=json)

    callback.__doc__ = show.__doc__
    app.callback(invoke_without_command=True)(guarded(callback))
