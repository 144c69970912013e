"""`qml sample ising`: one row per method, and who is ahead."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

_FIELDS = (
    Field(title="method"),
    Field(title="accepted", align="right", yields=6),
    Field(title="ESS", align="right"),
    Field(title="R-hat", align="right"),
    Field(title="ESS/1,000 evals", align="right", yields=1),
    Field(title="ESS/s", align="right", yields=2),
    Field(title="ESS/$", align="right", yields=7),
    Field(title="energy", align="right", yields=3),
    Field(title="\N{PLUS-MINUS SIGN}", align="right", yields=4),
    Field(title="TVD", align="right", yields=5),
    Field(title="evals", align="right", yields=8),
    Field(title="time", align="right", yields=9),
)


def ising_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.sample-ising/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    problem, rows = document["problem"], document["methods"]
    yield heading("sample ising", problem_line(problem))
    yield ""
    paid = any(row["ess_per_dollar"] is not None for row in rows)
    fields = [f for f in _FIELDS if paid or f.title != "ESS/$"]
    yield table(fields, [_row(row, paid=paid) for row in rows], width)
    yield ""
    yield Text(document["verdict"])
    yield from (
        Text(f"left out: {name}, since {reason}", style="dim")
        for name, reason in document["skipped"].items()
    )
    yield ""
    yield pairs(
        (
            (
                "exact energy",
                numbers.decimal(problem["exact_energy"], 6) if _known(problem) else "",
            ),
            ("samples", f"{document['chosen']}, in {document['run_dir']}/{document['samples']}"),
            ("stopped", "on request; this is what was drawn by then" if _cut(document) else ""),
            ("cost", words.cost(document["cost"])),
        )
    )


def problem_line(problem: Mapping[str, Any]) -> str:
    """Describe a problem: `8 spins, 28 couplings, T = 1`."""
    spins = words.plural(problem["spins"], "spin")
    couplings = words.plural(problem["couplings"], "coupling")
    return f"{spins}, {couplings}, T = {problem['temperature']:g}"


def spread(row: Mapping[str, Any]) -> float | None:
    """Return half the width of the interval of the mean energy."""
    bounds = row["energy_ci"]
    return None if bounds is None else (bounds[1] - bounds[0]) / 2


def _row(row: Mapping[str, Any], *, paid: bool) -> list[str]:
    each = row["ess_per_evaluation"]
    cells = [
        row["method"],
        numbers.percent(row["acceptance"]),
        numbers.count(row["ess"]),
        numbers.decimal(row["rhat"]),
        numbers.decimal(None if each is None else 1000 * each, 3),
        numbers.decimal(row["ess_per_second"], 3),
        numbers.decimal(row["ess_per_dollar"], 3),
        numbers.decimal(row["energy"], 5),
        numbers.decimal(spread(row), 2),
        numbers.decimal(row["tvd"], 2),
        numbers.count(row["evaluations"]),
        numbers.seconds(row["seconds"]),
    ]
    return cells if paid else cells[:6] + cells[7:]


def _known(problem: Mapping[str, Any]) -> bool:
    return problem["exact_energy"] is not None


def _cut(document: Mapping[str, Any]) -> bool:
    return bool(document["interrupted"])
