"""What a reader of the table must know, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qml.compression.bits.lines import Line
from qml.compression.bits.setup import Setup, widest

_EQUAL = 1e-9


def opening(setup: Setup, pairs: str) -> list[str]:
    """Say how the target and the pair terms came out."""
    found = []
    if widest(setup):
        found.append(
            f"The target {setup.bench.target.words()} is wider than all formats on offer: every"
            " tensor may have its widest one."
        )
    if pairs:
        found.append(pairs[0].upper() + pairs[1:] + ".")
    return found


def solvers(lines: Sequence[Line], bound: float | None) -> Iterator[str]:
    """Say which searches reached the proven optimum of the additive objective, and how near others.

    Args:
        lines: All lines.
        bound: A proven lower bound, or None.
    """
    searched = [entry for entry, _ in lines if entry.evaluations is not None]
    heuristics = [e for e in searched if e.label not in ("ilp", "exact", "layers", "quadratic")]
    proven = any(_reached(entry.objective, bound) for entry, _ in lines)
    if bound is None or not heuristics or not proven:
        return
    gaps = []
    for entry in heuristics:
        assert entry.objective is not None
        gap = (entry.objective - bound) / abs(bound) if bound else 0.0
        equal = _reached(entry.objective, bound)
        gaps.append(f"{entry.label} {'equal' if equal else f'+{100 * gap:.2g} %'}")
    yield (
        "The sum of sensitivities is a linear knapsack: integer programming proves its optimum,"
        f" and no other solver can beat it ({', '.join(gaps)})."
    )


def _reached(objective: float | None, bound: float | None) -> bool:
    if objective is None or bound is None:
        return False
    return objective <= bound + _EQUAL * (1 + abs(bound))


def ties(lines: Sequence[Line]) -> list[Line]:
    """Name in each line's note the first line that has the same allocation."""
    found: list[Line] = []
    for entry, choice in lines:
        twin = next((e.label for e, other in found if (other == choice).all()), None)
        if twin is not None:
            note = "; ".join(filter(None, (entry.note, f"the same allocation as {twin}")))
            entry = replace(entry, note=note)  # noqa: PLW2901 - the line with its note
        found.append((entry, choice))
    return found
