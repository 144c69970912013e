"""`qml predict`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json, MaxCostHere, NoInput, OnUnknown, Quiet, RunArgument, Yes
from qml.errors import UsageError
from qml.report.terminal import Terminal


def predict(
    run: RunArgument,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="CSV, Parquet or NPZ with the training columns."),
    ] = None,
    test_rows: Annotated[
        int | None,
        typer.Option(
            "--test-rows", min=1, help="Answer so many of the run's own test rows, and judge them."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=".csv, .parquet or .jsonl; FILE.predictions.csv."),
    ] = None,
    backend: Annotated[
        str | None,
        typer.Option("--backend", "-b", help="Where circuits run; as in training by default."),
    ] = None,
    shots: Annotated[
        int | None,
        typer.Option("--shots", min=1, help="Shots of a circuit; as in training by default."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan and its price; run nothing.")
    ] = False,
    max_cost: MaxCostHere = None,
    yes: Yes = False,
    on_unknown: OnUnknown = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Write the stored model's predictions for the rows of a file, or for its own test rows."""
    from qml.cli.project import here, world
    from qml.cli.spend import agree
    from qml.report.tables.plan import plan_table
    from qml.report.tables.predict import predict_table
    from qml.tasks.predict import plan_prediction, prepare_prediction, run_total
    from qml.tasks.predict import predict as write_predictions

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    project = here(None, [f"backend.on_unknown={on_unknown}"] if on_unknown else [])
    surroundings = world(terminal)
    found = project.run(run)
    source, stem = _source(file, test_rows)
    prediction = prepare_prediction(
        found,
        source,
        output or Path(f"{stem}.predictions.csv"),
        project.loaded,
        surroundings,
        backend=backend,
        shots=shots,
    )
    plan = plan_prediction(prediction, project.root, surroundings)
    if dry_run:
        document = plan.document()
        terminal.show(document, plan_table(document))
        return
    most = max_cost
    if max_cost is not None and not plan.purchase.free:
        most = run_total(found.id, max_cost, project.loaded.config, project.root, surroundings)
    agree(plan, project.loaded, terminal, surroundings, yes=yes, most=most, run_id=found.id)
    document = write_predictions(prediction, project.root, surroundings, most=max_cost)
    terminal.show(document, predict_table(document))


def _source(file: Path | None, test_rows: int | None) -> tuple[Path | int, str]:
    """Return what is answered, and what the file of the answers is named after.

    Raises:
        UsageError: Neither a file nor a number of test rows is given, or both are.
    """
    if (file is None) == (test_rows is None):
        raise UsageError(
            "a file of rows or --test-rows is needed, and not both",
            hint="qml predict RUN rows.csv, or: qml predict RUN --test-rows 100",
        )
    return (file, file.stem) if file is not None else (test_rows or 0, "test-rows")
