"""Rotations as pulses: the phases of the GPi and GPi2 that bring axes to where two-qubit gates act.

A ZZ gate acts along the poles of both wires, an MS gate along any direction of the equator, which
is its phase. Two GPi2 bring any axis to a pole, and one does from the equator; one GPi2 brings any
axis to the equator. What turned an axis stays in the frame of its wire and is never undone, so that
rotations about Z cost nothing.
"""

from math import atan2, cos, hypot, pi, sin

from qml.native.network import Network
from qml.native.pulses import GateSet, axes_after, readouts, to_equator, to_pole
from qml.native.quaternions import (
    IDENTITY,
    Axis,
    Quaternion,
    Z,
    cross,
    inverse,
    multiply,
    parallel,
    rotate,
    unit,
    z_angle,
)

Instruction = tuple[str, tuple[int, ...], tuple[float, ...]]
"""Name, wires and parameters (turns) of a native gate."""

DIGITS = 15  # of a phase in turns
_HALF = 2**-0.5


class Emission:
    """Writes the gates of a network.

    Args:
        network: Rotations and final gates.
        gateset: `aria` (MS) or `forte` (ZZ).

    Attributes:
        instructions: Native gates, first one first.
        residual: For each wire, the angle (radians) of the RZ that is left to do after them.
    """

    def __init__(self, network: Network, gateset: GateSet) -> None:
        self.instructions: list[Instruction] = []
        self._network = network
        self._frames: list[Quaternion] = [IDENTITY] * len(network.frames)
        self._poles = [Z] * len(network.frames)
        if gateset == "forte":
            self._write_zz()
        else:
            self._write_ms()
        self.residual = self._finish()

    def _write_zz(self) -> None:
        for left, right, first, second, angle in self._network.rotations:
            signed = self._to_pole(left, first) * self._to_pole(right, second) * angle
            self.instructions.append(("zz", (left, right), (signed,)))

    def _write_ms(self) -> None:
        """Write MS gates; half a turn of a phase makes an angle positive."""
        network = self._network
        for (left, right, first, second, angle), (next_left, next_right) in zip(
            network.rotations, axes_after(network), strict=True
        ):
            phase = self._to_equator(left, first, next_left) + (0.0 if angle > 0 else 0.5)
            phases = (_turns(phase), _turns(self._to_equator(right, second, next_right)))
            self.instructions.append(("ms", (left, right), (*phases, abs(angle))))

    def _finish(self) -> tuple[float, ...]:
        """Bring every wire's read-out to Z; a GPi that flips it leaves no RZ behind."""
        left: list[float] = []
        axes = readouts(self._network)
        for wire, (gate, axis) in enumerate(zip(self._network.frames, axes, strict=True)):
            if self._to_pole(wire, axis) < 0:
                _, x, y, _ = multiply(gate, inverse(self._frames[wire]))
                self._pulse("gpi", wire, atan2(y, x))
            left.append(z_angle(unit(multiply(gate, inverse(self._frames[wire])))))
        return tuple(left)

    def _to_pole(self, wire: int, axis: Axis) -> float:
        """Bring an axis of the fixed frame to Z, or return -1.0 where it is left at -Z."""
        pulses = to_pole(self._poles[wire], axis)
        if not pulses:
            return parallel(self._poles[wire], axis)
        x, y, z = rotate(self._frames[wire], axis)
        azimuth = atan2(y, x)
        if pulses > 1:
            self._pulse("gpi2", wire, azimuth)
            azimuth -= atan2(z, hypot(x, y))
        self._pulse("gpi2", wire, azimuth - pi / 2)
        self._poles[wire] = axis
        return 1.0

    def _to_equator(self, wire: int, axis: Axis, after: Axis) -> float:
        """Bring an axis of the fixed frame to the equator; return its azimuth in turns."""
        pole = to_equator(self._poles[wire], axis, after)
        if pole is not self._poles[wire]:
            x, y, _ = rotate(self._frames[wire], cross(pole, self._poles[wire]))
            self._pulse("gpi2", wire, atan2(y, x))
            self._poles[wire] = pole
        x, y, _ = rotate(self._frames[wire], axis)
        return atan2(y, x) / (2 * pi)

    def _pulse(self, name: str, wire: int, azimuth: float) -> None:
        turns = _turns(azimuth / (2 * pi))
        c, s = cos(2 * pi * turns), sin(2 * pi * turns)
        gate = (0.0, c, s, 0.0) if name == "gpi" else (_HALF, _HALF * c, _HALF * s, 0.0)
        self._frames[wire] = multiply(gate, self._frames[wire])
        self.instructions.append((name, (wire,), (turns,)))


def _turns(phase: float) -> float:
    return round(phase % 1.0, DIGITS) % 1.0
