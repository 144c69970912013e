"""The tree of commands."""

import typer

from qml.cli import (
    backends,
    config,
    doctor,
    init,
    plan,
    predict,
    replay,
    report,
    status,
    test,
    train,
)
from qml.cli.bench import group as bench
from qml.cli.budget import group as budget
from qml.cli.ci import group as ci
from qml.cli.compress import group as compress
from qml.cli.costs import group as costs
from qml.cli.emulate import group as emulate
from qml.cli.guard import guarded
from qml.cli.jobs import group as jobs
from qml.cli.runs import group as runs
from qml.cli.sample import group as sample
from qml.cli.tune import group as tune

EPILOG = "Start with `qml init NAME`, then `qml train` in it. Every command has --help."


def build() -> typer.Typer:
    """Return the application."""
    app = typer.Typer(
        name="qml",
        help="Scaffold, train, sample, tune, replay and compare quantum machine learning models.",
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    app.command("init")(guarded(init.init))
    app.command("plan")(guarded(plan.plan))
    app.command("train")(guarded(train.train))
    app.add_typer(sample(), name="sample")
    app.add_typer(tune(), name="tune")
    app.add_typer(compress(), name="compress")
    app.add_typer(bench(), name="bench")
    app.add_typer(ci(), name="ci")
    app.command("test")(guarded(test.run_test))
    app.command("status")(guarded(status.status))
    app.add_typer(runs(), name="runs")
    app.command("replay")(guarded(replay.replay))
    app.command("report")(guarded(report.report))
    app.command("predict")(guarded(predict.predict))
    app.add_typer(emulate(), name="emulate")
    app.add_typer(jobs(), name="jobs")
    app.add_typer(costs(), name="costs")
    app.add_typer(budget(), name="budget")
    app.add_typer(config.group(), name="config")
    app.command("backends")(guarded(backends.backends))
    app.command("doctor")(guarded(doctor.doctor))
    return app


def _root(
    version: bool = typer.Option(False, "--version", "-V", help="Print the version and exit."),
) -> None:
    if version:
        from qml import __version__

        typer.echo(f"qml {__version__}")
        raise typer.Exit
