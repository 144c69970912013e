"""A circuit as two-qubit rotations in fixed frames, merged as they arrive.

All one-qubit gates are pulled to the end of the circuit. What is left before them are rotations
exp(-i pi a n (x) m) with a unit vector n and m on each of their two wires, so that

- two of them on one wire commute if their vectors there are parallel (a CNOT's control and a CZ),
- two of them on the same pair are one if both vectors are parallel: the angles add,
- two of them on the same pair are one if one vector is parallel: both are gates controlled by that
  wire, and so is their product (CNOT, any one-qubit gate on the target, CNOT).

An angle is periodic: exp(-i pi a P) at a + 1/2 is P times itself, and P is two one-qubit gates.
Angles are kept within -1/4 to 1/4. What cancels up to rounding vanishes; a small angle that stands
in the source does not.
"""

from bisect import bisect_left
from math import pi
from typing import NamedTuple

from qml.native.quaternions import (
    IDENTITY,
    NEGLIGIBLE,
    QUARTER,
    Axis,
    Quaternion,
    about,
    halfway,
    inverse,
    multiply,
    orthogonal,
    parallel,
    pull_back,
    unit,
)


class Rotation(NamedTuple):
    """The operator exp(-i pi angle first (x) second)."""

    left: int  # the lower wire
    right: int
    first: Axis  # on the lower wire
    second: Axis
    angle: float  # in half turns of the pair, as IonQ's `angle`


class Network:
    """Rotations in order of time, then one quaternion on each wire.

    Args:
        wires: Number of wires.

    Attributes:
        frames: For each wire, the product of its one-qubit gates, which follow all rotations.
    """

    def __init__(self, wires: int) -> None:
        self.frames = [IDENTITY] * wires
        self._rotations: dict[int, Rotation] = {}
        self._on: list[list[int]] = [[] for _ in range(wires)]
        self._added = 0

    @property
    def rotations(self) -> list[Rotation]:
        """The rotations, first one first."""
        return list(self._rotations.values())

    def rotate(self, one: int, first: Axis, other: int, second: Axis, angle: float) -> None:
        """Add exp(-i pi angle first (x) second), vectors as seen after all that is there."""
        n, m = pull_back(self.frames[one], first), pull_back(self.frames[other], second)
        self.add(
            Rotation(one, other, n, m, angle) if one < other else Rotation(other, one, m, n, angle)
        )

    def add(self, new: Rotation) -> None:
        """Add a rotation in the fixed frames; merge it with earlier ones as often as possible."""
        folded = self._fold(new, abs(new.angle) if abs(new.angle) > QUARTER else 0.0)
        while folded is not None:
            place = self._partner(folded)
            if place is None:
                self._append(folded)
                return
            old = self._remove(place)
            folded = self._fold(self._merge(old, folded), abs(old.angle) + abs(folded.angle))

    def trailing(self, left: int, right: int) -> list[Rotation]:
        """Return the last rotations on both wires, as far back as they act on this pair alone."""
        run: list[Rotation] = []
        for one, other in zip(reversed(self._on[left]), reversed(self._on[right]), strict=False):
            if one != other:
                break
            run.append(self._rotations[one])
        return run[::-1]

    def repeats(self, left: int, right: int, times: int) -> bool:
        """Whether the last `times` rotations on both wires are of this pair."""
        last = self._on[left][-times:]
        return len(last) == times and last == self._on[right][-times:]

    def exchange(self, one: int, other: int) -> None:
        """Exchange the gates at the end of two wires: a SWAP before them is one after them."""
        frames = self.frames
        frames[one], frames[other] = frames[other], frames[one]

    def remove_trailing(self, run: list[Rotation]) -> None:
        """Take the last rotations of a pair out again."""
        for place in self._on[run[0].left][-len(run) :]:
            self._remove(place)

    def after(self, wire: int, gate: Quaternion) -> None:
        """Insert a one-qubit gate between the rotations and the gates at the end."""
        self.frames[wire] = unit(multiply(self.frames[wire], gate))

    def _fold(self, new: Rotation, scale: float) -> Rotation | None:
        """Bring the angle into [-1/4, 1/4].

        Args:
            new: Rotation with any angle.
            scale: Size of the angles that it was computed from; 0 where it is as the source has it.

        Returns:
            The rotation, or None if nothing is left of it but rounding.
        """
        halves = round(2 * new.angle)
        angle = new.angle - halves / 2
        if halves % 2:
            self.after(new.left, (0.0, *new.first))
            self.after(new.right, (0.0, *new.second))
        if abs(angle) <= NEGLIGIBLE * scale:
            return None
        return new._replace(angle=angle) if halves else new

    def _partner(self, new: Rotation) -> int | None:
        """Find an earlier rotation to merge with: all in between commute with the new one."""
        lefts, rights = self._on[new.left], self._on[new.right]
        p, q = len(lefts) - 1, len(rights) - 1
        while p >= 0 and q >= 0:
            one, other = lefts[p], rights[q]
            place = max(one, other)
            old = self._rotations[place]
            if one == other:
                last = (p == len(lefts) - 1, q == len(rights) - 1)
                if _mergeable(old, new, last):
                    return place
                if not (orthogonal(old.first, new.first) and orthogonal(old.second, new.second)):
                    return None
            elif not _commute_on_one_wire(old, new):
                return None
            p -= one == place
            q -= other == place
        return None

    def _merge(self, old: Rotation, new: Rotation) -> Rotation:
        """Return one rotation that does what the two do, up to gates that join those at the end."""
        on_left, on_right = parallel(old.first, new.first), parallel(old.second, new.second)
        if on_left and on_right:
            return old._replace(angle=old.angle + on_left * on_right * new.angle)
        if on_left:
            axis, angle = self._controlled(
                old.right, old.second, old.angle, new.second, on_left * new.angle
            )
            return old._replace(second=axis, angle=angle)
        axis, angle = self._controlled(
            old.left, old.first, old.angle, new.first, on_right * new.angle
        )
        return old._replace(first=axis, angle=angle)

    def _controlled(
        self, wire: int, axis: Axis, angle: float, then: Axis, by: float
    ) -> tuple[Axis, float]:
        """Merge two rotations that share the vector of the other wire.

        On its two eigenspaces they act as V+ and V-. With K a square root of V+ V-^-1 they are the
        gate K^-1 V+ = K V-, then K or K^-1, which is one rotation.
        """
        plus = multiply(about(then, 2 * pi * by), about(axis, 2 * pi * angle))
        minus = multiply(about(then, -2 * pi * by), about(axis, -2 * pi * angle))
        kept, root = halfway(multiply(plus, inverse(minus)))
        gate = unit(multiply(about(kept, -root), plus))
        self.after(wire, gate)
        return pull_back(gate, kept), root / (2 * pi)

    def _append(self, new: Rotation) -> None:
        self._rotations[self._added] = new
        self._on[new.left].append(self._added)
        self._on[new.right].append(self._added)
        self._added += 1

    def _remove(self, place: int) -> Rotation:
        old = self._rotations.pop(place)
        for wire in (old.left, old.right):
            del self._on[wire][bisect_left(self._on[wire], place)]  # places ascend
        return old


def _mergeable(old: Rotation, new: Rotation, last: tuple[bool, bool]) -> bool:
    """Whether two rotations of one pair are one.

    Where a vector changes, the old rotation must be the last on that wire.
    """
    on_left, on_right = parallel(old.first, new.first), parallel(old.second, new.second)
    return bool((on_left and (on_right or last[1])) or (on_right and last[0]))


def _commute_on_one_wire(old: Rotation, new: Rotation) -> bool:
    """Whether two rotations that share one wire have parallel vectors there."""
    wire = new.left if new.left in (old.left, old.right) else new.right
    before = old.first if old.left == wire else old.second
    after = new.first if new.left == wire else new.second
    return parallel(before, after) != 0.0
