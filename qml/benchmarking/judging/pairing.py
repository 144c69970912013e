"""What two results have in common: test rows, or repetitions that were measured in turns."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.judging.clustered import Block
from qml.benchmarking.result import CellResult

FEW_REPETITIONS = 5
"""Fewer timings have no interval of their own."""


def block(pairs: list[tuple[CellResult, CellResult]]) -> Block:
    """Return the differences of answers on one data set."""
    ours = [a for a, _ in pairs]
    rows = told_apart(ours)
    same = all(np.array_equal(rows[0], other) for other in rows)
    return Block(
        values=np.concatenate([right(a).astype(np.int64) - right(b) for a, b in pairs]),
        rows=np.concatenate(rows),
        seeds=np.repeat(np.arange(len(pairs)), [len(found) for found in rows]),
        share=None if same or drawn_anew([a.rows_of for a in ours]) else _test_share(ours[0]),
    )


def told_apart(results: Sequence[CellResult]) -> list[NDArray[np.int64]]:
    """Return numbers of test rows that are the same where the rows are.

    Row 7 of generated data is another row with every seed that generates them.
    """
    most = 1 + max(int(_rows(result).max(initial=0)) for result in results)
    place = {of: i for i, of in enumerate(dict.fromkeys(result.rows_of for result in results))}
    return [_rows(result) + most * place[result.rows_of] for result in results]


def drawn_anew(rows_of: Sequence[str | None]) -> bool:
    """Tell whether each seed has data of its own, so that no training sets overlap."""
    return None not in rows_of and len(set(rows_of)) == len(rows_of)


def _test_share(result: CellResult) -> float:
    """Return test rows for each training row; 1, which is careful, where they were not counted."""
    train = result.metrics.get("train_rows")
    return len(_rows(result)) / float(train) if train else 1.0


def same_rows(a: CellResult, b: CellResult) -> bool:
    """Tell whether two answered the same test rows."""
    if a.rows is None or b.rows is None or a.correct is None or b.correct is None:
        return False
    return len(a.rows) > 0 and a.rows_of == b.rows_of and np.array_equal(a.rows, b.rows)


def timed(result: CellResult, key: str) -> bool:
    """Tell whether a metric has enough repetitions behind it."""
    return len(result.samples.get(key, ())) >= FEW_REPETITIONS


def in_turns(a: CellResult, b: CellResult) -> bool:
    """Tell whether two were measured in turns: by the same process at the same time."""
    session = a.facts.get("interleaved")
    return session is not None and session == b.facts.get("interleaved")


def _rows(result: CellResult) -> NDArray[np.int64]:
    assert result.rows is not None
    return result.rows


def right(result: CellResult) -> NDArray[np.bool_]:
    """Return whether each test row was answered rightly."""
    assert result.correct is not None
    return result.correct
