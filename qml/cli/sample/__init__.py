"""`qml sample`: without a subcommand, what `[sample]` in qml.toml says."""

import typer

from qml.cli.guard import guarded
from qml.cli.sample import bare, ising, llm, model, qubo


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Sample: good assignments, Boltzmann states, new rows, diverse answers.")
    app.callback(invoke_without_command=True)(guarded(bare.sample))
    app.command("ising")(guarded(ising.ising))
    app.command("model")(guarded(model.model))
    app.command("qubo")(guarded(qubo.qubo))
    app.command("llm")(guarded(llm.llm))
    return app
