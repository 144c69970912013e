"""A benchmark, and what it is held against, in the room of a comment."""

from collections.abc import Mapping, Sequence
from typing import Any

from qml.report import against, bench, numbers, words
from qml.report.markdown.table import escaped, folded, table

_MOST = 40
Document = Mapping[str, Any]


def comment(document: Document, held: Document | None = None) -> str:
    """Write the comment: the verdict, what got worse, the rest folded away, the cost.

    Args:
        document: `qml.bench/1`.
        held: `qml.bench-against/1`, or None where there is no baseline.
    """
    parts = [f"### qml bench: {escaped(document['suite']['name'])}"]
    parts += _held(held) if held else []
    said = [row["words"] for row in document["verdicts"]] or [document["verdict"]]
    parts.append("\n".join(f"- {escaped(line)}" for line in said))
    parts.append(folded("Columns", _columns(document)))
    found = bench.problems(document)
    if found:
        parts.append(folded("Without a number", _problems(found)))
    agreement = bench.agreement(document)
    cost = f"Cost: {words.cost(document['cost'])}. Cells: {bench.counts(document)}."
    published = f" Published numbers: {agreement}." if agreement else ""
    parts.append(f"{escaped(cost + published)} Run `{document['run_id']}`.")
    return "\n\n".join(parts) + "\n"


def _held(held: Document) -> list[str]:
    parts = [f"**{escaped(held['verdict'])}** {escaped(against.rule(held))}"]
    worse, better = against.called(held, "worse"), against.called(held, "better")
    if worse:
        parts.append(_changes(worse))
    if held["lost"]:
        parts.append("\n".join(f"- lost: {escaped(line)}" for line in held["lost"][:_MOST]))
    if better:
        parts.append(folded(f"{len(better)} got better", _changes(better)))
    rest = [c for c in held["changes"] if c["state"] == "no change shown"]
    if rest:
        parts.append(folded(f"{len(rest)} without a change that is shown", _changes(rest)))
    beside = against.beside(held)
    if beside:
        parts.append("\n".join(f"- {escaped(line)}" for line in beside))
    return parts


def _changes(rows: Sequence[Mapping[str, Any]]) -> str:
    shown = [against.cells(row) for row in rows[:_MOST]]
    more = f"\n\n{len(rows) - _MOST} more are in the JSON document." if len(rows) > _MOST else ""
    return table(against.HEADS, shown, right="llrrrrl") + more


def _columns(document: Document) -> str:
    rows = [
        [
            row["name"],
            bench.ROLES[row["role"]],
            numbers.decimal(row["mean"], 4),
            bench.bounds(row),
            bench.standing(document, row),
        ]
        for row in document["columns"]
    ]
    heads = ("column", "role", document["suite"]["metric"]["title"], "95 % interval", "shown")
    return table(heads, rows, right="llrrl")


def _problems(found: Sequence[tuple[str, str, list[str]]]) -> str:
    rows = [[state, str(len(cells)), why, bench.some(cells)] for state, why, cells in found]
    return table(("state", "cells", "why", "which"), rows[:_MOST], right="lrll")
