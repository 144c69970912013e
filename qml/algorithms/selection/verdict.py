"""Who won, in one sentence that does not flatter the solver."""

from collections.abc import Sequence

from qml.algorithms.selection.rival import Rival

EQUAL = 1e-9
"""Objectives that differ by less are equal: only the order of sums differs."""
_WORDS = {"greedy_swap": "greedy + swap", "top_k": "top-k", "mmr": "MMR", "dpp": "DPP"}
_SIMPLEST = ("top_k", "mmr", "dpp", "greedy", "greedy_swap")


def words(name: str) -> str:
    """Return how people call a way of choosing."""
    return _WORDS.get(name, name)


def reaches(rival: Rival, bar: float) -> bool:
    """Whether a rival's objective is the best one."""
    return rival.objective is not None and rival.objective >= bar - EQUAL


def verdict_of(
    solver: str, rivals: Sequence[Rival], bar: float, *, proven: bool, quantum: bool
) -> str:
    """Say who reached the best objective, and what the solver was worth.

    Args:
        solver: The solver that ran.
        rivals: Every way of choosing.
        bar: The best objective.
        proven: Whether it is known to be optimal.
        quantum: Whether the solver runs circuits or a quantum machine.
    """
    best = {rival.name for rival in rivals if reaches(rival, bar)}
    what = f"the optimum {bar:.4f}" if proven else f"the best known {bar:.4f}"
    cheap = next((name for name in _SIMPLEST if name in best), None)
    own = next(rival for rival in reversed(rivals) if rival.name == solver)
    if solver not in best:
        who = words(cheap or min(best))
        return f"{_short(own, bar)}, so {who} chose: it reaches {what}."
    kind = " (classical)" if quantum else ""
    if cheap is not None:
        return f"{words(cheap)}{kind} ties with {words(solver)} at {what}: no search was needed."
    others = ", ".join(sorted(words(name) for name in best - {solver}))
    if others:
        return f"{others}{kind} ties with {words(solver)} at {what}."
    second = max((r for r in rivals if r.name not in best), key=_value)
    rival = f"{words(second.name)}, the best rival, {_less(second, bar)}"
    return f"{words(solver)} reaches {what}; {rival}."


def _short(own: Rival, bar: float) -> str:
    if own.objective is None:
        return f"{words(own.name)} found no choice that keeps the quotas"
    short = f"{bar - own.objective:.4f}"
    return f"{words(own.name)} falls short by {short if float(short) else 'less than 0.0001'}"


def _less(second: Rival, bar: float) -> str:
    """Say by how much the best rival falls short; what two places do not show is a tie."""
    if second.objective is None:
        return "found no choice that keeps the quotas"
    gap = bar - second.objective
    share, least = (f"{gap / abs(bar):.2%}", "0.01%") if bar else (f"{gap:.4f}", "0.0001")
    shown = float(share.rstrip("%")) > 0
    return f"{share} less" if shown else f"ties with it to within {least}"


def _value(rival: Rival) -> float:
    return float("-inf") if rival.objective is None else rival.objective
