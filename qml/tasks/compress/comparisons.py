"""What was chosen against its rivals, on the same held-out outputs."""

from collections.abc import Iterator, Sequence
from typing import Any

from qml.compression.bench import Bench
from qml.results.bootstrap import Resampling
from qml.results.tests import holm
from qml.tasks.compress.judgements import Line
from qml.tasks.compress.measure import size_of


def comparisons(bench: Bench, lines: Sequence[Line], draws: Resampling) -> list[dict[str, Any]]:
    """Compare the choice of each method with its rivals, and the last choice with all lines.

    Args:
        bench: For sizes.
        lines: All candidates.
        draws: Draws that all share.

    Returns:
        `difference` and `ratio` of the divergences, the choice's over the rival's, with intervals;
        `size` of the rival over the choice's, in what the target counts; `p_adjusted` after Holm's
        correction over all rivals of one choice.
    """
    chosen = [line for line in lines if line.chosen and line.judgement is not None]
    found = []
    for mine in chosen:
        whole = mine is chosen[-1]
        rows = [
            _compare(bench, mine, rival, draws)
            for rival in lines
            if rival is not mine
            and rival.judgement is not None
            and (whole or rival.step is mine.step)
        ]
        found += list(_adjusted(rows))
    return found


def _compare(bench: Bench, mine: Line, rival: Line, draws: Resampling) -> dict[str, Any]:
    assert mine.judgement is not None
    assert rival.judgement is not None
    assert mine.entry.candidate is not None
    assert rival.entry.candidate is not None
    paired = draws.paired(mine.judgement.kl, rival.judgement.kl)
    return {
        "chosen": mine.name,
        "rival": rival.name,
        "same": rival.judgement is mine.judgement,
        "size": size_of(bench, rival.entry.candidate) / size_of(bench, mine.entry.candidate),
        "difference": paired.difference.mean,
        "difference_ci": [paired.difference.low, paired.difference.high],
        "ratio": None if paired.ratio is None else paired.ratio.mean,
        "ratio_ci": None if paired.ratio is None else [paired.ratio.low, paired.ratio.high],
        "p_value": paired.p_value,
    }


def _adjusted(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row, p_value in zip(rows, holm([r["p_value"] for r in rows]), strict=True):
        yield row | {"p_adjusted": p_value}
