"""Small blocks of weights that solvers of binary quadratic problems were compared on."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers

HEADS = ("blocks solved by", "mean loss", "over Wanda's", "least of all", "evaluations", "search")


def blocks_of(document: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Return what each way found; nothing where no blocks were solved."""
    found: Mapping[str, Mapping[str, Any]] = document["steps"].get("prune", {}).get("blocks", {})
    return found


def block_rows(document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a line for each way: its loss, over that of Wanda's mask, and what it took."""
    for name, way in blocks_of(document).items():
        yield (
            name,
            numbers.decimal(way["loss"], 3),
            numbers.decimal(way["ratio_to_wanda"], 3),
            f"{way['best']} of {way['blocks']}",
            numbers.count(way["evaluations"]) if way["evaluations"] else "",
            numbers.seconds(way["seconds"]),
        )


def blocks_note(document: Mapping[str, Any]) -> str:
    """Say what the numbers of blocks are, and what they are not."""
    said = (
        "Small blocks of the weights, without an update: losses in parts of what their weights cost"
        " one by one. They say how good a solver is on such a piece, and nothing of a whole model"
    )
    if "exact" in blocks_of(document):
        said += "; exact enumerates without a limit of evaluations"
    return f"{said}."
