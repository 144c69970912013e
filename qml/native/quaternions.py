"""One-qubit gates as unit quaternions, in plain Python.

(w, x, y, z) stands for w I - i (x X + y Y + z Z), a gate up to its global phase; products of gates
are products of quaternions (i j = k). A tuple of four floats is much faster here than an array.
"""

from math import atan2, cos, hypot, sin

Quaternion = tuple[float, float, float, float]
Axis = tuple[float, float, float]
"""A unit vector n; it names the Pauli operator n_x X + n_y Y + n_z Z."""

IDENTITY: Quaternion = (1.0, 0.0, 0.0, 0.0)
X: Axis = (1.0, 0.0, 0.0)
Y: Axis = (0.0, 1.0, 0.0)
Z: Axis = (0.0, 0.0, 1.0)
NEGLIGIBLE = 1e-12
"""Below this a difference is rounding; to take it as zero costs far less than the promised 1e-9."""
QUARTER = 0.25
"""The angle of a two-qubit rotation that entangles most: a CNOT is one, a SWAP three of them."""


def multiply(left: Quaternion, right: Quaternion) -> Quaternion:
    """Return the gate that runs `right` first, then `left`."""
    a, b, c, d = left
    e, f, g, h = right
    return (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )


def about(axis: Axis, angle: float) -> Quaternion:
    """Return exp(-i angle/2 n), the rotation about `axis` by `angle` radians."""
    s = sin(angle / 2)
    return (cos(angle / 2), s * axis[0], s * axis[1], s * axis[2])


def about_z(angle: float) -> Quaternion:
    """Return the rotation about Z by `angle` radians."""
    return (cos(angle / 2), 0.0, 0.0, sin(angle / 2))


def then_x(angle: float, q: Quaternion) -> Quaternion:
    """Return the gate that runs `q` first, then RX by `angle` radians."""
    c, s = cos(angle / 2), sin(angle / 2)
    w, x, y, z = q
    return (c * w - s * x, c * x + s * w, c * y - s * z, c * z + s * y)


def then_y(angle: float, q: Quaternion) -> Quaternion:
    """Return the gate that runs `q` first, then RY by `angle` radians."""
    c, s = cos(angle / 2), sin(angle / 2)
    w, x, y, z = q
    return (c * w - s * y, c * x + s * z, c * y + s * w, c * z - s * x)


def then_z(angle: float, q: Quaternion) -> Quaternion:
    """Return the gate that runs `q` first, then RZ by `angle` radians."""
    c, s = cos(angle / 2), sin(angle / 2)
    w, x, y, z = q
    return (c * w - s * z, c * x - s * y, c * y + s * x, c * z + s * w)


def inverse(q: Quaternion) -> Quaternion:
    """Return the inverse of a unit quaternion."""
    return (q[0], -q[1], -q[2], -q[3])


def unit(q: Quaternion) -> Quaternion:
    """Take out what rounding did to the norm."""
    w, x, y, z = q
    norm = (w * w + x * x + y * y + z * z) ** 0.5
    return (w / norm, x / norm, y / norm, z / norm)


def rotate(q: Quaternion, axis: Axis) -> Axis:
    """Return U n U^-1, where the gate carries an operator that precedes it."""
    w, x, y, z = q
    a, b, c = axis
    u, v, t = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)
    return (a + w * u + y * t - z * v, b + w * v + z * u - x * t, c + w * t + x * v - y * u)


def pull_back(q: Quaternion, axis: Axis) -> Axis:
    """Return U^-1 n U, the operator before the gate that is `axis` after it."""
    w, x, y, z = q
    if axis is Z:  # the commonest two by fewer products
        return (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y))
    if axis is X:
        return (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y))
    return rotate((w, -x, -y, -z), axis)


def z_angle(q: Quaternion) -> float:
    """Return the angle of a rotation about Z, in radians."""
    return 2 * atan2(q[3], q[0])


def parallel(left: Axis, right: Axis) -> float:
    """Return 1.0 or -1.0 for equal or opposite axes, and 0.0 for any others."""
    a, b, c = left
    d, e, f = right
    sign = 1.0 if a * d + b * e + c * f > 0 else -1.0
    off = abs(a - sign * d) + abs(b - sign * e) + abs(c - sign * f)
    return sign if off < NEGLIGIBLE else 0.0


def orthogonal(left: Axis, right: Axis) -> bool:
    """Whether two axes are at right angles: their operators anticommute."""
    return abs(left[0] * right[0] + left[1] * right[1] + left[2] * right[2]) < NEGLIGIBLE


def cross(left: Axis, right: Axis) -> Axis:
    """Return the unit vector along left x right; any at right angles where they are parallel."""
    if parallel(left, right):
        right = X if abs(left[0]) < abs(left[1]) else Y
    a, b, c = left
    d, e, f = right
    x, y, z = _normal((b * f - c * e, c * d - a * f, a * e - b * d))
    along = x * d + y * e + z * f  # rounding, large where they are nearly parallel
    return _normal((x - along * d, y - along * e, z - along * f))


def _normal(axis: Axis) -> Axis:
    length = hypot(*axis)
    return (axis[0] / length, axis[1] / length, axis[2] / length)


def halfway(q: Quaternion) -> tuple[Axis, float]:
    """Return axis and angle (radians) of a square root of a rotation.

    Where the rotation is none, its axis is arbitrary.
    """
    w, x, y, z = q
    length = hypot(x, y, z)
    axis = (x / length, y / length, z / length) if length else Z
    return axis, atan2(length, w)
