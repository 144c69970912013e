"""Where the gates of a circuit stand: each as early as the wires that it spans allow."""

from collections.abc import Sequence

from qml.report.svg.drawing import DrawnGate


def columns(wires: int, gates: Sequence[DrawnGate]) -> list[list[DrawnGate]]:
    """Put gates into columns so that no two of a column cross.

    Args:
        wires: Number of wires.
        gates: Gates in order of time.
    """
    free = [0] * wires
    found: list[list[DrawnGate]] = []
    for gate in gates:
        low, high = min(gate["wires"]), max(gate["wires"])
        place = max(free[low : high + 1])
        free[low : high + 1] = [place + 1] * (high + 1 - low)
        if place == len(found):
            found.append([])
        found[place].append(gate)
    return found
