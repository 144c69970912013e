"""Rotations as pulses: which GPi and GPi2 bring an axis to where the two-qubit gate acts.

A ZZ gate acts along the poles of both wires, an MS gate along any direction of the equator, which
is its phase. Two GPi2 bring any axis to a pole, and one does from the equator; one GPi2 brings any
axis to the equator. What turned an axis stays in the frame of its wire and is never undone, so that
rotations about Z cost nothing.
"""

from math import atan2, cos, pi, sin
from typing import Literal

from qml.native.network import Network, Rotation
from qml.native.quaternions import (
    IDENTITY,
    NEGLIGIBLE,
    Axis,
    Quaternion,
    Z,
    inverse,
    multiply,
    parallel,
    pull_back,
    rotate,
    unit,
    z_angle,
)

GateSet = Literal["aria", "forte"]
Instruction = tuple[str, tuple[int, ...], tuple[float, ...]]
"""Name, wires and parameters (turns) of a native gate."""

DIGITS = 15  # of a phase in turns


class Emission:
    """Writes the pulses of a network.

    Args:
        network: Rotations and final gates.

    Attributes:
        instructions: Native gates, first one first.
    """

    def __init__(self, network: Network) -> None:
        self.instructions: list[Instruction] = []
        self._network = network
        self._frames: list[Quaternion] = [IDENTITY] * len(network.frames)
        self._rotations = network.rotations

    def forte(self) -> None:
        """Write every rotation as one ZZ."""
        for left, right, first, second, angle in self._rotations:
            signed = self._to_pole(left, first) * self._to_pole(right, second) * angle
            self.instructions.append(("zz", (left, right), (signed,)))

    def aria(self) -> None:
        """Write every rotation as one MS; half a turn of a phase makes its angle positive."""
        following = _following(self._rotations, [pull_back(q, Z) for q in self._network.frames])
        for (left, right, first, second, angle), (next_left, next_right) in zip(
            self._rotations, following, strict=True
        ):
            phase = self._to_equator(left, first, next_left) + (0.0 if angle > 0 else 0.5)
            phases = (_turns(phase), _turns(self._to_equator(right, second, next_right)))
            self.instructions.append(("ms", (left, right), (*phases, abs(angle))))

    def finish(self) -> list[float]:
        """Write what brings every wire's read-out to Z.

        Returns:
            For each wire, the angle of the RZ (radians) that is left to do.
        """
        left: list[float] = []
        for wire, gate in enumerate(self._network.frames):
            axis = pull_back(gate, Z)
            if self._to_pole(wire, axis) < 0:
                self._flip(wire, gate)
            left.append(z_angle(unit(multiply(gate, inverse(self._frames[wire])))))
        return left

    def _flip(self, wire: int, gate: Quaternion) -> None:
        """Write the GPi that leaves no RZ behind."""
        _, x, y, _ = multiply(gate, inverse(self._frames[wire]))
        self._pulse("gpi", wire, atan2(y, x))

    def _to_pole(self, wire: int, axis: Axis) -> float:
        """Bring an axis of the fixed frame to Z or -Z and return which."""
        x, y, z = rotate(self._frames[wire], axis)
        if abs(x) + abs(y) < NEGLIGIBLE:
            return 1.0 if z > 0 else -1.0
        azimuth = atan2(y, x)
        if abs(z) > NEGLIGIBLE:
            self._pulse("gpi2", wire, azimuth)
            azimuth -= atan2(z, (x * x + y * y) ** 0.5)
        self._pulse("gpi2", wire, azimuth - pi / 2)
        return 1.0

    def _to_equator(self, wire: int, axis: Axis, following: Axis) -> float:
        """Bring an axis of the fixed frame to the equator and return its azimuth in turns."""
        frame = self._frames[wire]
        x, y, z = rotate(frame, axis)
        if abs(z) > NEGLIGIBLE:
            if (
                abs(x) + abs(y) < NEGLIGIBLE
            ):  # any pulse does: take the one that serves the next axis
                x, y, _ = rotate(frame, following)
            self._pulse("gpi2", wire, atan2(y, x))
            x, y, z = rotate(self._frames[wire], axis)
        return atan2(y, x) / (2 * pi)

    def _pulse(self, name: str, wire: int, azimuth: float) -> None:
        turns = _turns(azimuth / (2 * pi))
        c, s = cos(2 * pi * turns), sin(2 * pi * turns)
        gate = (0.0, c, s, 0.0) if name == "gpi" else (_HALF, _HALF * c, _HALF * s, 0.0)
        self._frames[wire] = multiply(gate, self._frames[wire])
        self.instructions.append((name, (wire,), (turns,)))


_HALF = 2**-0.5


def _turns(phase: float) -> float:
    return round(phase % 1.0, DIGITS) % 1.0


def _following(rotations: list[Rotation], last: list[Axis]) -> list[tuple[Axis, Axis]]:
    """For each rotation, the axes that come next on its wires and are not its own."""
    axes = [(axis, axis) for axis in last]
    found = []
    for left, right, first, second, _ in reversed(rotations):
        for wire, axis in ((left, first), (right, second)):
            present, after = axes[wire]
            axes[wire] = (axis, after if parallel(axis, present) else present)
        found.append((axes[left][1], axes[right][1]))
    return found[::-1]
