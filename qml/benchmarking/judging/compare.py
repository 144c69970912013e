"""Compares two columns: over data sets, or on given ones by their rows, repetitions or seeds."""

from collections.abc import Sequence
from math import exp, log, pi, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.judging.board import Board, Column
from qml.benchmarking.judging.clustered import mean_difference
from qml.benchmarking.judging.comparison import Comparison, Kind, Scale
from qml.benchmarking.judging.margin import Margin
from qml.benchmarking.judging.pairing import block, in_turns, right, same_rows, timed
from qml.benchmarking.judging.signed_rank import SignedRank, signed_rank
from qml.benchmarking.judging.timings import ratio
from qml.benchmarking.result import CellResult


class Pair(NamedTuple):
    """Two columns that are compared, and why."""

    ours: Column
    theirs: Column
    kind: Kind


def over_data(board: Board, pair: Pair, data: Sequence[str]) -> Comparison:
    """Compare means over seeds with data sets as units: what may be said of others like them."""
    ours = [_known(board.value(pair.ours.name, d)) for d in data]
    theirs = [_known(board.value(pair.theirs.name, d)) for d in data]
    return _ranked(board, pair, ours, theirs, data=None, unit="data sets")


def on_data(
    board: Board, pair: Pair, data: Sequence[str], name: str | None = None
) -> Comparison | None:
    """Compare on given data sets, by the smallest units there are: what may be said of these.

    Args:
        board: All results.
        pair: What is compared.
        data: The data sets.
        name: What they are called in the result; None where they are all there are.

    Returns:
        The comparison; None where the columns have no seed in common.
    """
    cells = {d: board.pairs(pair.ours.name, pair.theirs.name, d) for d in data}
    cells = {d: pairs for d, pairs in cells.items() if pairs}
    if not cells:
        return None
    every = [p for pairs in cells.values() for p in pairs]
    if board.metric.paired == "rows" and all(same_rows(a, b) for a, b in every):
        return _by_rows(board, pair, cells, name)
    if all(timed(a, board.metric.key) and timed(b, board.metric.key) for a, b in every):
        return _by_repetitions(board, pair, cells, name)
    return _by_seeds(board, pair, cells, name)


Cells = dict[str, list[tuple[CellResult, CellResult]]]


def _by_rows(board: Board, pair: Pair, cells: Cells, name: str | None) -> Comparison:
    found = mean_difference([block(pairs) for pairs in cells.values()])
    seeds = max(map(len, cells.values()))
    every = [p for pairs in cells.values() for p in pairs]
    hits = [sum(int(right(side[i]).sum()) for side in every) for i in (0, 1)]
    answers = sum(len(right(a)) for a, _ in every)
    test = "exact McNemar" if seeds == 1 else "rows and seeds, two-way clusters"
    return Comparison(
        **_who(pair, name),
        unit="rows",
        units=found.rows,
        test=test,
        ours=hits[0] / answers,
        theirs=hits[1] / answers,
        scale="difference",
        effect=found.value,
        low=found.bounds[0],
        high=found.bounds[1],
        gain=_sign(found.value, board),
        error=found.error,
        margin=found.margin,
        exact=True,
        biserial=None,
        wins=sum(int((right(a) & ~right(b)).sum()) for a, b in every),
        losses=sum(int((right(b) & ~right(a)).sum()) for a, b in every),
        p_value=found.p_value,
    )


def _by_repetitions(board: Board, pair: Pair, cells: Cells, name: str | None) -> Comparison:
    key = board.metric.key
    every = [p for pairs in cells.values() for p in pairs]
    timings = [(np.array(a.samples[key]), np.array(b.samples[key])) for a, b in every]
    found = ratio(timings, interleaved=all(in_turns(a, b) for a, b in every))
    ours, theirs = (exp(sum(log(np.median(t[i])) for t in timings) / len(timings)) for i in (0, 1))
    signs = [_sign(log(float(np.median(a) / np.median(b))), board) for a, b in timings]
    return Comparison(
        **_who(pair, name),
        unit="repetitions",
        units=found.repetitions,
        test="bootstrap of the ratio of medians",
        ours=ours,
        theirs=theirs,
        scale="ratio",
        effect=found.value,
        low=found.bounds[0],
        high=found.bounds[1],
        gain=_sign(log(found.value), board),
        error=found.error,
        margin=found.margin,
        exact=False,
        biserial=None,
        wins=signs.count(1),
        losses=signs.count(-1),
        p_value=found.p_value,
    )


def _by_seeds(board: Board, pair: Pair, cells: Cells, name: str | None) -> Comparison:
    key = board.metric.key
    ours: list[float] = []
    theirs: list[float] = []
    for pairs in cells.values():
        values = [(float(a.metrics[key]), float(b.metrics[key])) for a, b in pairs]
        # what no seed changes was measured once, however often
        kept = values[:1] if len(set(values)) == 1 else values
        ours += [a for a, _ in kept]
        theirs += [b for _, b in kept]
    return _ranked(board, pair, ours, theirs, data=name, unit="seeds")


def _ranked(
    board: Board,
    pair: Pair,
    ours: list[float],
    theirs: list[float],
    *,
    data: str | None,
    unit: str,
) -> Comparison:
    scale = scale_of(board, ours + theirs)
    move = np.log if scale == "ratio" else np.asarray
    apart: NDArray[np.float64] = move(np.array(ours)) - move(np.array(theirs))
    found = signed_rank(apart)
    better = 1 if board.metric.better == "more" else -1
    signs = np.sign(np.round(apart, 12)) * better
    return Comparison(
        **_who(pair, data),
        unit=unit,
        units=len(apart),
        test="Wilcoxon signed-rank, exact",
        ours=float(np.mean(ours)),
        theirs=float(np.mean(theirs)),
        scale=scale,
        **_effect(found, scale),
        gain=better * int(np.sign(round(found.plus - found.minus, 9))),
        # the signed ranks need pi / 3 times as many normal differences as the t-test
        error=float(apart.std(ddof=1)) * sqrt(pi / 3 / len(apart)) if len(apart) > 1 else 0.0,
        margin=Margin(share=0.0, seeds=1.0, rest=max(1.0, len(apart) - 1)),
        exact=True,
        biserial=better * found.biserial,
        wins=int((signs > 0).sum()),
        losses=int((signs < 0).sum()),
        p_value=found.p_value,
    )


def _effect(found: SignedRank, scale: Scale) -> dict[str, Any]:
    low, high = found.bounds or (None, None)
    numbers = {"effect": found.estimate, "low": low, "high": high}
    if scale == "difference":
        return numbers
    return {key: None if value is None else exp(value) for key, value in numbers.items()}


def scale_of(board: Board, values: Sequence[float]) -> Scale:
    """Return how a metric is compared: what is best small and never 0, such as times, by ratio."""
    small = board.metric.better == "less" and all(value > 0 for value in values)
    return "ratio" if small else "difference"


def _who(pair: Pair, data: str | None) -> dict[str, Any]:
    return {"model": pair.ours.name, "rival": pair.theirs.name, "kind": pair.kind, "data": data}


def _sign(value: float, board: Board) -> int:
    sign = (value > 0) - (value < 0)
    return sign if board.metric.better == "more" else -sign


def _known(value: float | None) -> float:
    assert value is not None
    return value
