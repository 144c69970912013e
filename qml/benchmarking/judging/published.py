"""Cells that others published numbers for."""

from collections.abc import Sequence
from typing import Any

from qml.benchmarking.result import CellResult

CLOSE = 1e-4
"""Four digits are published."""


def published(results: Sequence[CellResult]) -> list[dict[str, Any]]:
    """Hold cells against numbers that others published; a cell without a number does not agree."""
    return [
        _row(found, key, theirs) for found in results for key, theirs in found.cell.expected.items()
    ]


def _row(found: CellResult, key: str, theirs: float) -> dict[str, Any]:
    ours = found.value(key)
    return {
        "place": list(found.cell.place),
        "metric": key,
        "published": theirs,
        "ours": ours,
        "agrees": ours is not None and abs(ours - theirs) < CLOSE,
    }
