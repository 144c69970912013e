"""Circuits that prepare uniform superpositions of the assignments that a group allows."""

from collections.abc import Iterator, Sequence
from math import acos, comb, sqrt

from qml.circuits import Gate
from qml.problems import Group


def prepare_group(group: Group) -> Iterator[Gate]:
    """Yield gates that take |0...0> to the uniform superposition of what a group allows.

    Bärtschi and Eidenbenz, FCT 2019, arXiv:1904.07358: a ladder of partial swaps spreads any
    number of ones, up to the largest, over all wires.
    """
    members, low, high = group.members, group.low, group.high
    if low == 0 and high == len(members):
        yield from (Gate("h", (wire,)) for wire in members)
        return
    if low + high > len(members):  # fewer zeros than ones: the same with zeros
        turned = Group(group.label, members, len(members) - high, len(members) - low)
        yield from prepare_group(turned)
        yield from (Gate("x", (wire,)) for wire in members)
        return
    yield from _unary(members[::-1], low, high)
    yield from _spread(members, high)


def _unary(wires: Sequence[int], low: int, high: int) -> Iterator[Gate]:
    """Superpose |1^k 0^(n - k)> for k = low to high, as often as there are k ones among n."""
    yield from (Gate("x", (wire,)) for wire in wires[:low])
    left = sum(comb(len(wires), k) for k in range(low, high + 1))
    for k in range(low, high):
        stay = comb(len(wires), k)
        angle = 2 * acos(sqrt(stay / left))
        wire = wires[k]
        yield (
            Gate("cry", (wires[k - 1], wire), (angle,))
            if k > low
            else Gate("ry", (wire,), (angle,))
        )
        left -= stay


def _spread(wires: Sequence[int], most: int) -> Iterator[Gate]:
    for last in range(len(wires), 1, -1):
        yield from _split(wires[:last], min(most, last - 1))


def _split(wires: Sequence[int], ones: int) -> Iterator[Gate]:
    """Move a one between the last wire and the ladder before it, with the right amplitude."""
    size, end = len(wires), wires[-1]
    for step in range(1, ones + 1):
        wire = wires[-1 - step]
        angle = 2 * acos(sqrt(step / size))
        yield Gate("cnot", (wire, end))
        if step == 1:
            yield Gate("cry", (end, wire), (angle,))
        else:
            yield from _doubly_controlled(angle, end, wires[-step], wire)
        yield Gate("cnot", (wire, end))


def _doubly_controlled(angle: float, one: int, other: int, target: int) -> Iterator[Gate]:
    """RY on the target where both controls are 1."""
    yield Gate("cry", (other, target), (angle / 2,))
    yield Gate("cnot", (one, other))
    yield Gate("cry", (other, target), (-angle / 2,))
    yield Gate("cnot", (one, other))
    yield Gate("cry", (one, target), (angle / 2,))
