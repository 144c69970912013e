"""The judgement of a suite: columns over all data, and what is more than noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qml.benchmarking.base import Suite
from qml.benchmarking.judging.board import Board, board_of
from qml.benchmarking.judging.claims import claims
from qml.benchmarking.judging.clustered import ENOUGH
from qml.benchmarking.judging.columns import column_rows, rank_row
from qml.benchmarking.judging.comparison import Comparison
from qml.benchmarking.judging.published import published
from qml.benchmarking.judging.words import verdict, verdicts
from qml.benchmarking.result import CellResult

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is known of a suite's columns; the rows are those of `qml.bench/1`.

    Attributes:
        columns: Each column over all data: role, cells, mean, interval, rank.
        comparisons: Each quantum column against each rival, twin, peer and vendor: of the whole
            suite (`data` is None), then of single data sets.
        ranks: Mean ranks with Friedman's test and Nemenyi's critical difference, or None.
        expected: Published numbers and ours.
        verdicts: The best quantum column against the best of each kind, in words.
        verdict: The same as one text.
        notes: What a reader should know.
    """

    columns: tuple[Row, ...]
    comparisons: tuple[Row, ...] = ()
    ranks: Row | None = None
    expected: tuple[Row, ...] = ()
    verdicts: tuple[Row, ...] = ()
    verdict: str
    notes: tuple[str, ...] = ()


def judge(suite: Suite, results: Sequence[CellResult]) -> Judgement:
    """Judge the cells that have numbers.

    The chance that any comparison is called *better* or *worse* although the columns are alike is
    at most 5 % for the whole suite; docs/concepts/judging.md says how.
    """
    board = board_of(suite, results)
    ranks = rank_row(board)
    columns = column_rows(board, ranks)
    whole, single = claims(board)
    found = verdicts(board, columns, whole)
    return Judgement(
        columns=tuple(columns),
        comparisons=tuple(c.document() for c in (*whole, *single)),
        ranks=ranks,
        expected=tuple(published(results)),
        verdicts=tuple(found),
        verdict=verdict(found, board),
        notes=tuple(_notes(board, whole)),
    )


def _notes(board: Board, whole: Sequence[Comparison]) -> list[str]:
    missing = {name: count for name, count in board.missing.items() if count}
    notes = []
    if missing and board.found:
        words = ", ".join(f"{name} {count}" for name, count in missing.items())
        notes.append(f"cells without a number: {words}; columns are compared where both have one")
    units = {c.unit for c in whole}
    if "rows" in units and all(len(cells) == 1 for cells in board.found.values()):
        notes.append("one seed: what is said of rows holds for these trained models")
    seeds = max((len(cells) for cells in board.found.values()), default=0)
    if "rows" in units and 1 < seeds < ENOUGH:
        notes.append(f"{seeds} seeds: how much luck moves a column is partly assumed; use {ENOUGH}")
    if units - {"data sets"} and len(board.data) > 1:
        notes.append(
            f"{len(board.data)} data sets are too few to speak of others like them: the verdict is"
            " about these"
        )
    if "repetitions" in units:
        notes.append("timings hold for this machine")
    return notes
