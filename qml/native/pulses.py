"""How many pulses an axis takes, decided in one place for counting and for writing.

On each wire one axis of the fixed frame is at the pole at any time, Z at first. A ZZ gate wants its
axis there, or the opposite one; an MS gate wants its axis at right angles to it, on the equator.
"""

from typing import Literal

from qml.native.network import Network, Rotation
from qml.native.quaternions import Axis, Z, cross, orthogonal, parallel, pull_back

GateSet = Literal["aria", "forte"]


def to_pole(pole: Axis, axis: Axis) -> int:
    """Return how many GPi2 bring an axis to the pole: one from the equator, two from elsewhere."""
    if parallel(pole, axis):
        return 0
    return 1 if orthogonal(pole, axis) else 2


def to_equator(pole: Axis, axis: Axis, after: Axis) -> Axis:
    """Return the axis that is at the pole once `axis` is on the equator; the same if it is there.

    Args:
        pole: Axis at the pole now.
        axis: Axis of an MS gate.
        after: Axis wanted next. Where any GPi2 does, it chooses the one that brings this axis to
            the equator as well.
    """
    if orthogonal(pole, axis):
        return pole
    return cross(pole, after if parallel(pole, axis) else axis)


def axes_after(network: Network) -> list[tuple[Axis, Axis]]:
    """For each rotation, the next axes on its wires that are not its own; the last are read out."""
    axes = [(axis, axis) for axis in readouts(network)]
    found = []
    for left, right, first, second, _ in reversed(network.rotations):
        for wire, axis in ((left, first), (right, second)):
            present, after = axes[wire]
            axes[wire] = (axis, after if parallel(axis, present) else present)
        found.append((axes[left][1], axes[right][1]))
    return found[::-1]


def readouts(network: Network) -> list[Axis]:
    """For each wire, the axis of the fixed frame that is measured."""
    return [pull_back(frame, Z) for frame in network.frames]


def count(network: Network, gateset: GateSet) -> int:
    """Return how many one-qubit gates a network takes."""
    poles = [Z] * len(network.frames)
    total = (_count_zz if gateset == "forte" else _count_ms)(network, poles)
    for pole, axis in zip(poles, readouts(network), strict=True):
        total += to_pole(pole, axis) or parallel(pole, axis) < 0
    return total


def _count_zz(network: Network, poles: list[Axis]) -> int:
    total = 0
    for rotation in network.rotations:
        for wire, axis in _ends(rotation):
            pulses = to_pole(poles[wire], axis)
            if pulses:
                total += pulses
                poles[wire] = axis
    return total


def _count_ms(network: Network, poles: list[Axis]) -> int:
    total = 0
    for rotation, afters in zip(network.rotations, axes_after(network), strict=True):
        for (wire, axis), after in zip(_ends(rotation), afters, strict=True):
            pole = to_equator(poles[wire], axis, after)
            if pole is not poles[wire]:
                total += 1
                poles[wire] = pole
    return total


def _ends(rotation: Rotation) -> tuple[tuple[int, Axis], tuple[int, Axis]]:
    return (rotation.left, rotation.first), (rotation.right, rotation.second)
