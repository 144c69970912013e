"""A smaller model: what was chosen, what it lost, and what its rivals lost."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.compression import comparison_with, final_name, megabytes, name_of, speed_words
from qml.report.html.compressing import blocks, candidates, pareto, widths
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.tables.compress import file_words, notes


def about(outcome: Mapping[str, Any]) -> str:
    """Say what was compressed."""
    parameters = f"{outcome['model']['parameters'] / 1e6:,.4g} million parameters"
    return f"{outcome['model']['source']} ({parameters}) to {outcome['target']}, on this machine"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield divergence, perplexity, size and speed of what was chosen."""
    rows = {name_of(row): row for row in outcome["rows"]}
    mine = rows.get(final_name(outcome) or "")
    teacher = next(row for row in outcome["rows"] if row["method"] == "teacher")
    if mine is not None and mine["kl"] is not None:
        low, high = (numbers.decimal(bound, 3) for bound in mine["kl_ci"])
        yield number("KL", numbers.decimal(mine["kl"], 3), f"95 %: {low} to {high}", "quantum")
        before = numbers.decimal(teacher["perplexity"], 4)
        yield number(
            "perplexity", numbers.decimal(mine["perplexity"], 4), f"teacher: {before}", "quantum"
        )
        rival = _nearest(outcome)
        if rival is not None:
            yield number(
                "KL, best rival", numbers.decimal(rival["kl"], 3), name_of(rival), "classical"
            )
        yield number("bits", numbers.decimal(mine["payload_bpw"], 3), "codes, for each weight")
    file = next((row for row in outcome["rows"] if row["method"] == "export"), None)
    if file is not None:
        yield number("file", f"{megabytes(file['bytes'])} MB", outcome["export"]["format"], "test")
        if file["tokens_per_second"] and teacher["tokens_per_second"]:
            times = file["tokens_per_second"] / teacher["tokens_per_second"]
            title = f"{outcome['held_out']['noun']}s/s"
            yield number(title, speed_words(file), f"{times:.2g} times torch's in fp32")


def _nearest(outcome: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the rival with the least divergence that is another candidate."""
    found = [
        row
        for row in outcome["rows"]
        if row["rival"] and row["kl"] is not None and not _same(outcome, row)
    ]
    return min(found, key=lambda row: row["kl"], default=None)


def _same(outcome: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    compared = comparison_with(outcome, row)
    return compared is None or bool(compared["same"])


def _file(outcome: Mapping[str, Any]) -> str:
    if outcome["stopped"]["reason"] == "export":
        return str(outcome["stopped"]["words"])
    return file_words(outcome) if outcome["export"] else "none was written"


def details(document: ReportDocument) -> Markup | None:
    """Return where the file is, and what a reader must know."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    teacher = next(row for row in outcome["rows"] if row["method"] == "teacher")
    about_it = f"{outcome['model']['source']} ({teacher['label']}), {outcome['model']['engine']}"
    rows = [
        ("teacher", about_it),
        ("file", _file(outcome)),
        ("memory", f"{numbers.size(outcome['metrics'].get('peak_memory_bytes'))} at most"),
        ("cost", words.cost(outcome["cost"])),
    ]
    said = [tag("p", f"Note: {note}.", class_="note") for note in notes(outcome)]
    return block("What else to know", facts(rows), said)


SECTIONS = (pareto.section, candidates.section, blocks.section, widths.section, details)
