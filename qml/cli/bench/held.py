"""What the options --against, --fail-on, --markdown and --bencher do after a benchmark."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qml.errors import ExitCode
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.tasks.project import Project

Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="BASELINE",
        help="Exit 1 where it got worse than this run, or file of `qml bench --json`.",
    ),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="SHARE",
        help="Loss that is tolerated, of the baseline: 5%, or 5%,accuracy=2%.",
    ),
]
AllowMissing = Annotated[
    bool,
    typer.Option(
        "--allow-missing",
        help="Pass although columns of the baseline are gone, or none is in common.",
    ),
]
Markdown = Annotated[
    Path | None,
    typer.Option("--markdown", metavar="FILE", help="Write a comment for a pull request."),
]
Bencher = Annotated[
    Path | None,
    typer.Option("--bencher", metavar="FILE", help="Write the numbers in Bencher's format."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a benchmark is held against, read before anything is run.

    Attributes:
        baseline: An earlier benchmark, or None.
        thresholds: Tolerated losses.
        markdown: File for the comment.
        bencher: File for Bencher.
        allow_missing: Whether columns of the baseline may be gone.
    """

    baseline: dict[str, Any] | None
    thresholds: dict[str, float]
    markdown: Path | None
    bencher: Path | None
    allow_missing: bool = False


def prepare(
    project: "Project",
    against: str | None,
    fail_on: str,
    markdown: Path | None = None,
    bencher: Path | None = None,
    *,
    allow_missing: bool = False,
) -> Held:
    """Read the baseline and the thresholds; refuses what cannot be used.

    Raises:
        UsageError: The baseline is no benchmark, or a threshold no percentage, or of
            a measure that does not exist.
        RunError: There is no such run.
    """
    from qml.benchmarking.regression.thresholds import thresholds
    from qml.tasks.bench.against import check_limits, read_bench

    limits = thresholds(fail_on)
    baseline = None if against is None else read_bench(project.runs, against)
    if baseline is not None:
        check_limits(baseline, limits)
    return Held(
        baseline=baseline,
        thresholds=limits,
        markdown=markdown,
        bencher=bencher,
        allow_missing=allow_missing,
    )


def show(document: dict[str, Any], held: Held, terminal: Terminal) -> None:
    """Print a benchmark, or how it stands to its baseline, and write the files.

    Raises:
        typer.Exit: It got worse (1), or the benchmark did not come to its end.
    """
    from qml.report.tables.against import against_table
    from qml.report.tables.outcome import outcome_table
    from qml.tasks.bench.against import against_document, write_comment, write_metrics

    found = None
    if held.baseline is not None:
        found = against_document(
            held.baseline, document, held.thresholds, allow_missing=held.allow_missing
        )
    if held.bencher is not None:
        write_metrics(held.bencher, document)
    if held.markdown is not None:
        write_comment(held.markdown, document, found)
    if found is None or not terminal.json:
        terminal.show(document, outcome_table(document))
    if found is not None:
        terminal.show(found, against_table(found))
    stopped: int = document["stopped"]["exit_code"]
    if stopped:
        raise typer.Exit(stopped)
    if found is not None and not found["passed"]:
        raise typer.Exit(ExitCode.CHECK_FAILED)
