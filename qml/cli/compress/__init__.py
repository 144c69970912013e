"""`qml compress [MODEL]`, and `verify FILE` beside it."""

import typer
from typer.core import TyperCommand, TyperGroup

from qml.cli.compress import model, verify
from qml.cli.guard import guarded

DEFAULT = "model"
EPILOG = (
    "`qml compress verify FILE` measures a written file again; see `qml compress verify --help`."
)


class OrModel(TyperGroup):
    """A group whose own argument may stand where else a subcommand's name does."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # typer's own class
        """Put the default command before what is no command's name, `--help` included."""
        if not args or args[0] not in self.commands:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


class Unnamed(TyperCommand):
    """The default command; its name need not be typed, so that its usage leaves it out."""

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override] # typer's own class
        """Return the line that says how it is called."""
        return super().get_usage(ctx).replace(f" {DEFAULT} ", " ", 1)


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Compress a model; judge it on held-out data.", cls=OrModel)
    app.command(DEFAULT, cls=Unnamed, epilog=EPILOG)(guarded(model.model))
    app.command("verify")(guarded(verify.verify))
    return app
