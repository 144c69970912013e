"""`qml bench against`: two benchmarks that ran already."""

from typing import Annotated

import typer

from qml.cli.bench.held import AllowMissing, Bencher, FailOn, Markdown
from qml.cli.options import Json
from qml.report.terminal import Terminal

_ONE = "a run of `qml bench`, or a file of `qml bench --json`."


def against(
    baseline: Annotated[str, typer.Argument(help=f"The earlier one: {_ONE}")],
    benchmark: Annotated[str, typer.Argument(help=f"The later one: {_ONE}")],
    fail_on: FailOn = "5%",
    allow_missing: AllowMissing = False,
    markdown: Markdown = None,
    bencher: Bencher = None,
    json: Json = False,
) -> None:
    """Hold a benchmark against an earlier one; exit 1 where it got worse. Runs nothing."""
    from qml.benchmarking.regression.thresholds import thresholds
    from qml.cli.project import here
    from qml.errors import ExitCode
    from qml.report.tables.against import against_table
    from qml.tasks.bench.against import (
        against_document,
        read_bench,
        write_comment,
        write_metrics,
    )

    terminal = Terminal(json=json)
    limits, runs = thresholds(fail_on), here().runs
    first, second = read_bench(runs, baseline), read_bench(runs, benchmark)
    found = against_document(first, second, limits, allow_missing=allow_missing)
    if markdown is not None:
        write_comment(markdown, second, found)
    if bencher is not None:
        write_metrics(bencher, second)
    terminal.show(found, against_table(found))
    if not found["passed"]:
        raise typer.Exit(ExitCode.CHECK_FAILED)
