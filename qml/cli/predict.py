"""`qml predict`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json, RunArgument
from qml.report.terminal import Terminal


def predict(
    run: RunArgument,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, Parquet or NPZ with the training columns.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=".csv, .parquet or .jsonl; FILE.predictions.csv."),
    ] = None,
    json: Json = False,
) -> None:
    """Write the stored model's predictions for the rows of a file."""
    from qml.cli.project import here
    from qml.report.tables.predict import predict_table
    from qml.tasks.predict import predict_file

    project = here()
    found = project.run(run)
    document = predict_file(
        found.artifacts,
        file,
        output or Path(f"{file.stem}.predictions.csv"),
        run_id=found.id,
        root=project.root,
        environ=os.environ,
    )
    Terminal(json=json).show(document, predict_table(document))
