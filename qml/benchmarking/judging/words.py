"""The verdict of a suite in words; a difference that is not more than noise is never called one."""

from collections.abc import Sequence
from typing import Any

from qml.benchmarking.base import Metric
from qml.benchmarking.judging.board import Board
from qml.benchmarking.judging.comparison import Comparison, Kind

HEADS: dict[Kind, str] = {
    "rival": "Quantum against classical",
    "twin": "Entanglement",
    "peer": "Against other programs",
    "vendor": "Against the vendors",
}
Row = dict[str, Any]


def verdicts(board: Board, columns: Sequence[Row], whole: Sequence[Comparison]) -> list[Row]:
    """Return a verdict for each kind of rival: the best quantum column against the best of them.

    All pairs are in the correction, so that it does not matter that the best are known only from
    the same numbers.
    """
    quality = {row["name"]: _quality(row, board.metric) for row in columns}
    best = _best([c.name for c in board.columns if c.role == "quantum"], quality)
    found = []
    for kind, head in HEADS.items():
        mine = {c.rival: c for c in whole if c.kind == kind and c.model == best}
        if not mine:
            continue
        against = mine[_best(list(mine), quality)]
        found.append(
            {
                "about": kind,
                "verdict": against.verdict,
                "model": best,
                "rival": against.rival,
                "brief": f"{head}: {brief(against)}",
                "words": f"{head}: {sentence(against, board.metric)}",
            }
        )
    return found


def verdict(found: Sequence[Row], board: Board) -> str:
    """Join the verdicts, or say why there is none."""
    if found:
        return " ".join(row["brief"] for row in found)
    if not board.found:
        return "Not judged: no cell has a number."
    roles = {column.role for column in board.columns}
    if "quantum" not in roles:
        return "Not judged: no quantum column, and rivals are not held against each other."
    return "Not judged: there is nothing beside the quantum columns on the same data."


def brief(found: Comparison) -> str:
    """Say one comparison without its evidence, e.g. `worse (iqp 0.812, svc 0.934).`."""
    ours, theirs = _number(found.ours), _number(found.theirs)
    return f"{found.verdict} ({found.model} {ours}, {found.rival} {theirs})."


def sentence(found: Comparison, metric: Metric) -> str:
    """Say one comparison, e.g. `worse: iqp 0.812 against 0.934 of svc (57 data sets, ...)`."""
    unit = f" {metric.unit}" if metric.unit else ""
    numbers = f"{_number(found.ours)} against {_number(found.theirs)}{unit} of {found.rival}"
    times = f", {_number(found.effect)} times as much" if found.scale == "ratio" else ""
    evidence = f"{found.units:,} {found.unit}, {found.test}, {p_words(found.p_adjusted)} after Holm"
    limit = "" if found.verdict != "no difference shown" else f" {limits(found)}"
    return f"{found.verdict}: {found.model} {numbers}{times} ({evidence}).{limit}"


def limits(found: Comparison) -> str:
    """Say what difference could have been seen at all."""
    if found.detectable is None:
        return f"With {found.units} {found.unit} no difference could have been shown."
    if found.scale == "ratio":
        return f"A factor below {_number(found.detectable)} would mostly have gone unseen."
    return f"A difference below {_number(found.detectable)} would mostly have gone unseen."


def p_words(value: float) -> str:
    """Write a p-value as papers print it."""
    return "p < 0.001" if value < 0.001 else f"p = {value:.2g}"  # noqa: PLR2004 - as above


def _quality(row: Row, metric: Metric) -> float:
    """Return what is best where largest: minus the mean rank, else the mean."""
    if row["rank"] is not None:
        return -float(row["rank"])
    if row["mean"] is None:
        return float("-inf")
    return float(row["mean"]) if metric.better == "more" else -float(row["mean"])


def _best(names: Sequence[str], quality: dict[str, float]) -> str:
    return max(names, key=lambda name: quality[name], default="")


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1e4 else f"{value:,.0f}"  # noqa: PLR2004 - readable
