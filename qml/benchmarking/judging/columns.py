"""Each column over all data sets: its mean, how sure that is, and its rank."""

from math import floor, sqrt
from statistics import mean, stdev
from typing import Any

import numpy as np

from qml.benchmarking.judging.board import Board, Column
from qml.benchmarking.judging.pairing import right, told_apart
from qml.benchmarking.judging.ranks import Ranks, cliques, rank
from qml.benchmarking.result import CellResult
from qml.results.intervals import wilson

Row = dict[str, Any]

FEW = 5
"""Below so many data sets neither their spread nor ranks on them say anything of others."""


def column_rows(board: Board, ranks: Row | None) -> list[Row]:
    """Return the rows of the table, columns in the order of the suite."""
    return [_row(board, column, ranks) for column in board.columns]


def _row(board: Board, column: Column, ranks: Row | None) -> Row:
    values = board.values(column.name)
    done = sum(len(board.found[column.name, data]) for data in values)
    low, high, over = _interval(board, column, values)
    return {
        "name": column.name,
        "model": column.model,
        "backend": column.backend,
        "role": column.role,
        "cells": done,
        "missing": board.missing[column.name],
        "data": len(values),
        "mean": mean(values.values()) if values else None,
        "low": low,
        "high": high,
        "over": over,
        "rank": None if ranks is None else ranks["mean"].get(column.name),
    }


def _interval(
    board: Board, column: Column, values: dict[str, float]
) -> tuple[float | None, float | None, str | None]:
    """Return the 95 % interval of the mean, and over what it is.

    Over data sets where there are `FEW` of them or more, else over the rows of all of them, else
    over the seeds of the only one; None where there is nothing to go by.
    """
    cells = {data: list(board.found[column.name, data].values()) for data in values}
    if len(values) >= FEW:
        return *_within(board, *_student(list(values.values()))), "data sets"
    if not values:
        return None, None, None
    if board.metric.paired == "rows" and all(
        c.rows is not None and c.correct is not None for found in cells.values() for c in found
    ):
        return *_by_rows(list(cells.values())), "rows"
    if len(values) > 1:
        return None, None, None
    single = [float(c.metrics[board.metric.key]) for found in cells.values() for c in found]
    if len(set(single)) < 2:  # noqa: PLR2004 - what never changes has no interval
        return None, None, None
    return *_within(board, *_student(single)), "seeds"


def _by_rows(sets: list[list[CellResult]]) -> tuple[float, float]:
    """Return Wilson's interval of the mean over data sets of their shares of right answers.

    The answers of several seeds to a row are one; data sets count alike, whatever their rows, so
    that as many rows count as would give the variance sum p (1 - p) / n over the squared number of
    sets, p being the mean.
    """
    share = mean(mean(float(right(c).mean()) for c in found) for found in sets)
    rows = [len(np.unique(np.concatenate(told_apart(found)))) for found in sets]
    worth = floor(len(sets) ** 2 / sum(1 / n for n in rows))
    low, high = wilson(round(share * worth), worth)
    return min(low, share), max(high, share)


def _student(values: list[float]) -> tuple[float, float]:
    from scipy.stats import t  # scipy.stats takes half a second to load

    reach = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / sqrt(len(values))
    return mean(values) - reach, mean(values) + reach


def _within(board: Board, low: float, high: float) -> tuple[float, float]:
    """Cut an interval off where the metric ends."""
    least, most = board.metric.ends
    return max(least, low), min(most, high)


def rank_row(board: Board) -> Row | None:
    """Rank the columns on the data sets that all have; None below `FEW` sets or two columns."""
    names = [c.name for c in board.columns if board.values(c.name)]
    values = {name: board.values(name) for name in names}
    data = [d for d in board.data if all(d in values[name] for name in names)]
    if len(names) < 2 or len(data) < FEW:  # noqa: PLR2004 - ranks of one thing say nothing
        return None
    table = np.array([[values[name][d] for name in names] for d in data])
    found: Ranks = rank(table, more=board.metric.better == "more")
    order = sorted(range(len(names)), key=lambda i: found.mean[i])
    groups = cliques([float(found.mean[i]) for i in order], found.critical)
    return {
        "data": len(data),
        "left_out": len(board.data) - len(data),
        "mean": {names[i]: float(found.mean[i]) for i in order},
        "friedman": found.friedman,
        "iman_davenport": found.iman_davenport if np.isfinite(found.iman_davenport) else None,
        "p_value": found.p_value,
        "critical": found.critical,
        "groups": [[names[i] for i in order[first : last + 1]] for first, last in groups],
    }
