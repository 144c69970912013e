"""Two distributions side by side as text, the most unlike outcomes first."""

import numpy as np
from numpy.typing import NDArray

ROWS = 8
_WIDTH = 24


def histogram(
    expected: NDArray[np.float64],
    found: NDArray[np.float64],
    titles: tuple[str, str] = ("expected", "found"),
) -> str:
    """Return a table of the outcomes that differ most.

    A bar shows what was found as `#`, what is missing from it as `.`, and what is beyond as `+`.

    Args:
        expected: Probabilities by index, shape (2**wires,).
        found: Frequencies by index, shape (2**wires,).
        titles: Heads of the columns.
    """
    wires = len(expected).bit_length() - 1
    order = np.argsort(-np.abs(found - expected), kind="stable")
    shown = [i for i in order[:ROWS] if expected[i] or found[i]]
    scale = max(float(expected.max()), float(found.max()))
    width = max(len("outcome"), wires)
    lines = [f"{'outcome':<{width}}  {titles[0]:>9}  {titles[1]:>9}  difference"]
    for i in shown:
        bar = _bar(expected[i] / scale, found[i] / scale)
        bits = format(i, f"0{wires}b")
        change = found[i] - expected[i]
        lines.append(
            f"{bits:<{width}}  {expected[i]:>9.4f}  {found[i]:>9.4f}  {change:>+10.4f}  {bar}"
        )
    hidden = int(np.count_nonzero((expected > 0) | (found > 0))) - len(shown)
    return "\n".join([*lines, f"... and {hidden:,} more" if hidden else ""]).rstrip()


def _bar(expected: float, found: float) -> str:
    both, one = round(min(expected, found) * _WIDTH), round(max(expected, found) * _WIDTH)
    return "#" * both + ("+" if found > expected else ".") * (one - both)
