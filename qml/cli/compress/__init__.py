"""`qml compress [MODEL]`, and `verify FILE` beside it."""

import typer
from typer.core import TyperGroup

from qml.cli.compress import model
from qml.cli.guard import guarded

DEFAULT = "model"


class OrModel(TyperGroup):
    """A group whose own argument may stand where else a subcommand's name does."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # typer's own class
        """Put the default command before what is no command's name."""
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Compress a model; judge it on held-out data.", cls=OrModel)
    app.command(DEFAULT, help="Compress [MODEL]; the default.")(guarded(model.model))
    return app
