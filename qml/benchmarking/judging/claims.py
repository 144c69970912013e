"""All comparisons of a suite, corrected for there being so many."""

from dataclasses import replace
from math import exp
from statistics import NormalDist

from qml.benchmarking.base import Role
from qml.benchmarking.judging.board import Board, Column
from qml.benchmarking.judging.compare import Pair, on_data, over_data
from qml.benchmarking.judging.comparison import Comparison, Kind, word
from qml.benchmarking.judging.flips import least_terms
from qml.results.tests import holm
from qml.results.verdict import SIGNIFICANCE

SUITE_SHARE = 0.8
"""Share of the chance of a false claim that goes to what is said of the whole suite; the rest goes
to what is said of single data sets."""
POWER = 0.8
KINDS: dict[Role, Kind] = {
    "classical": "rival",
    "twin": "twin",
    "peer": "peer",
    "vendor": "vendor",
}


def pairs_of(board: Board) -> list[Pair]:
    """Return each quantum column with each rival, peer and vendor, and its twins."""
    found = []
    for ours in (c for c in board.columns if c.role == "quantum"):
        others = [c for c in board.columns if c.role in KINDS and c.role != "twin"]
        found += [Pair(ours, c, KINDS[c.role]) for c in (*others, *_twins(ours, board))]
    return found


def _twins(ours: Column, board: Board) -> list[Column]:
    """Return the twins named after a column, else those on its backend, else all."""
    twins = [c for c in board.columns if c.role == "twin"]
    own = [c for c in twins if c.model.startswith(f"{ours.model}:")]
    shared = [c for c in twins if ":" not in c.model]
    near = [c for c in own or shared if c.backend == ours.backend]
    return near or own or shared


def claims(board: Board) -> tuple[list[Comparison], list[Comparison]]:
    """Compare all pairs.

    Returns:
        What is said of the whole suite, one for each pair that can be compared, and what is said of
        single data sets, empty where there is only one. Holm's correction within each, and the two
        share the chance of a false claim, so that it is 5 % for all of them together.
    """
    pairs = pairs_of(board)
    common = {pair: board.common(pair.ours.name, pair.theirs.name) for pair in pairs}
    several = any(len(data) > 1 for data in common.values())
    share = SUITE_SHARE if several else 1.0
    level = SIGNIFICANCE * share / max(1, len(pairs))
    whole = [_whole(board, pair, data, level) for pair, data in common.items() if data]
    single = [
        on_data(board, pair, [name], name)
        for pair, data in common.items()
        for name in data
        if several
    ]
    return _corrected(whole, share), _corrected(single, 1 - share)


def _whole(board: Board, pair: Pair, data: list[str], level: float) -> Comparison | None:
    """Compare over data sets where there are enough of them to show anything, else on these."""
    if len(data) >= least_terms(level):
        return over_data(board, pair, data)
    return on_data(board, pair, data)


def _corrected(found: list[Comparison | None], share: float) -> list[Comparison]:
    known = [c for c in found if c is not None]
    adjusted = [min(1.0, p / share) for p in holm([c.p_value for c in known])] if known else []
    level = SIGNIFICANCE * share / max(1, len(known))
    return [
        replace(c, p_adjusted=p, verdict=word(p, c.gain), detectable=detectable(c, level))
        for c, p in zip(known, adjusted, strict=True)
    ]


def detectable(found: Comparison, level: float) -> float | None:
    """Return the smallest effect that would have been shown four times out of five.

    (margin at the level + z of the power) standard errors, and with rows no fewer of them than an
    exact test needs.

    Args:
        found: A comparison.
        level: What its p-value would have to be below.

    Returns:
        A difference, or how many times as much; None where no result could have been shown.
    """
    least = least_terms(level)
    if found.exact and found.units < least:
        return None
    reach = (found.margin.errors(level) + NormalDist().inv_cdf(POWER)) * found.error
    if found.unit == "rows":
        reach = max(reach, least / found.units)
        return reach if reach < 1 else None
    return exp(reach) if found.scale == "ratio" else reach
