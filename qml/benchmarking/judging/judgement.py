"""The judgement of a suite: columns over all rows, and what is more than noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from qml.benchmarking.base import Suite
from qml.benchmarking.result import CellResult

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is known of a suite's columns; the rows are those of `qml.bench/1`.

    Attributes:
        columns: Each column over all rows.
        comparisons: Paired tests.
        ranks: Mean ranks with the Friedman test, or None.
        expected: Published numbers and ours.
        verdict: One sentence.
        notes: What a reader should know.
    """

    columns: tuple[Row, ...]
    comparisons: tuple[Row, ...] = ()
    ranks: Row | None = None
    expected: tuple[Row, ...] = ()
    verdict: str
    notes: tuple[str, ...] = ()


def judge(suite: Suite, results: Sequence[CellResult]) -> Judgement:
    """Judge the cells that have numbers."""
    columns: dict[str, list[float]] = {}
    roles: dict[str, str] = {}
    for found in results:
        value = found.value(suite.metric.key)
        if value is not None:
            columns.setdefault(found.cell.place.model, []).append(value)
            roles[found.cell.place.model] = found.cell.role
    rows = tuple(
        {"model": name, "role": roles[name], "cells": len(values), "mean": mean(values)}
        for name, values in columns.items()
    )
    return Judgement(
        columns=rows,
        expected=tuple(_expected(results)),
        verdict=f"{len(rows)} columns, not compared.",
    )


def _expected(results: Sequence[CellResult]) -> list[Row]:
    """Hold cells against numbers that others published."""
    return [
        {
            "place": list(found.cell.place),
            "metric": key,
            "published": theirs,
            "ours": found.value(key),
            "agrees": found.value(key) is not None and abs(found.metrics[key] - theirs) < 1e-4,  # noqa: PLR2004 - four digits are published
        }
        for found in results
        for key, theirs in found.cell.expected.items()
    ]
