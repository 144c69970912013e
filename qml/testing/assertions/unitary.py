"""Do two circuits do the same to every state?"""

from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError, PlanError
from qml.testing.assertions.judging import fail
from qml.testing.assertions.programs import is_program, program
from qml.testing.reference import evolve

Unitary = NDArray[np.complex128]

WIDEST = 10
"""Most wires whose unitary is held as a matrix."""

_ROWS = 5
_PERMUTED = 4


def assert_unitary_equivalent(
    one: Any, other: Any, *, atol: float = 1e-6, up_to_global_phase: bool = True
) -> None:
    """Assert that two circuits have the same unitary. Nothing is random here.

    Args:
        one: A program (qml or Qiskit circuit, PennyLane quantum function) or a unitary matrix of
            shape (2**wires, 2**wires), wire 0 most significant. A program that has fewer wires than
            the other leaves the rest alone.
        other: Likewise.
        atol: Largest difference of an entry.
        up_to_global_phase: Whether a common phase may differ.

    Raises:
        AssertionError: They differ.
        DataError: A matrix is not unitary, or has another size.
        PlanError: There are more than `WIDEST` wires.
    """
    __tracebackhide__ = True
    wires = max(_wires(one), _wires(other))
    if wires > WIDEST:
        raise PlanError(
            f"the unitary of {wires} wires is too large, at most {WIDEST}",
            hint="the check `compilation` of `qml test` compares wider circuits",
        )
    first, second = _unitary(one, wires), _unitary(other, wires)
    aligned = _aligned(first, second) if up_to_global_phase else second
    if np.abs(first - aligned).max() <= atol:
        return
    overlap = abs(np.vdot(first, second)) / len(first)
    fail(
        f"the unitaries differ: process fidelity {overlap**2:.6f}, largest difference of an entry"
        f" {np.abs(first - aligned).max():.2e}, {atol:g} allowed",
        _entries(first, aligned),
        _hint(first, second, atol),
    )


def _wires(thing: Any) -> int:
    if is_program(thing):
        return program(thing).circuit.wires
    matrix = np.asarray(thing)
    size = matrix.shape[0] if matrix.ndim == 2 else 0  # noqa: PLR2004 - rows and columns
    if matrix.shape != (size, size) or size < 2 or size & (size - 1):  # noqa: PLR2004 - a wire
        raise DataError(f"a unitary has shape (2**wires, 2**wires), got {matrix.shape}")
    if not np.allclose(matrix.conj().T @ matrix, np.eye(size), atol=1e-6):
        raise DataError("the matrix is not unitary")
    return size.bit_length() - 1


def _unitary(thing: Any, wires: int) -> Unitary:
    if is_program(thing):
        return evolve(program(thing).circuit.gates, np.eye(2**wires, dtype=np.complex128))
    matrix = np.asarray(thing, dtype=np.complex128)
    if len(matrix) != 2**wires:
        raise DataError(f"the matrix has {len(matrix)} rows, the other acts on {wires} wires")
    return matrix


def _aligned(first: Unitary, second: Unitary) -> Unitary:
    """Return the second with the phase at which it is nearest to the first."""
    overlap = np.vdot(second, first)
    return second * (overlap / abs(overlap)) if abs(overlap) > 0 else second


def _same(first: Unitary, second: Unitary, atol: float) -> bool:
    return bool(np.abs(first - _aligned(first, second)).max() <= atol)


def _entries(first: Unitary, second: Unitary) -> str:
    wires = len(first).bit_length() - 1
    order = np.argsort(-np.abs(first - second), axis=None, kind="stable")[:_ROWS]
    lines = [f"{'to':>{max(2, wires)}} {'from':>{max(4, wires)}}  {'one':>16}  {'other':>16}"]
    for to, start in zip(*np.unravel_index(order, first.shape), strict=True):
        bits = [format(i, f"0{wires}b") for i in (to, start)]
        shown = [f"{u[to, start].real:+.4f}{u[to, start].imag:+.4f}j" for u in (first, second)]
        lines.append(
            f"{bits[0]:>{max(2, wires)}} {bits[1]:>{max(4, wires)}}  {shown[0]:>16}  {shown[1]:>16}"
        )
    return "\n".join(lines)


def _hint(first: Unitary, second: Unitary, atol: float) -> str | None:
    if _same(first, second, atol):
        return "hint: they match up to a global phase"
    if _same(first, second.conj().T, atol):
        return "hint: one is the inverse of the other"
    if _same(first, second.conj(), atol):
        return "hint: they match with the sign of every angle turned (complex conjugate)"
    wires = len(first).bit_length() - 1
    backward = tuple(reversed(range(wires)))
    if wires > 1 and _same(first, _reordered(second, backward), atol):
        return "hint: they match with the wires in reversed order"
    for order in permutations(range(wires)) if wires <= _PERMUTED else ():
        if _same(first, _reordered(second, order), atol):
            return f"hint: they match with the wires in the order {', '.join(map(str, order))}"
    return None


def _reordered(unitary: Unitary, order: tuple[int, ...]) -> Unitary:
    wires = len(order)
    tensor = unitary.reshape((2,) * (2 * wires))
    return tensor.transpose([*order, *(o + wires for o in order)]).reshape(unitary.shape)
