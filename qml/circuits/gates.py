"""The gate set: wires, parameters, matrix, adjoint and generator spectrum of each gate.

Matrices follow the order of a gate's wires, first wire most significant, and PennyLane's phase
conventions
(a test compares every one). Trapped-ion gates (`gpi`, `gpi2`, `ms`, `zz`) follow IonQ's published
matrices,
with phases in turns; they stay gates of their own since lowering them early costs real money.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qml.errors import CircuitError

TURN = 2 * np.pi


@dataclass(frozen=True, slots=True)
class GateSpec:
    """What is known of a gate.

    Attributes:
        wires: Number of wires.
        params: Number of parameters.
        matrix: `(xp, *params) -> (2**wires, 2**wires)` with `xp` either numpy or jax.numpy.
        adjoint: Name of the adjoint gate, where the parameters only change sign or stay.
        frequencies: Positive differences of the generator's eigenvalues, for shift rules; empty
        where no
            parameter can be shifted.
    """

    wires: int
    params: int
    matrix: Callable[..., Any]
    adjoint: str
    frequencies: tuple[float, ...] = ()


def spec(name: str) -> GateSpec:
    """Look a gate up.

    Raises:
        CircuitError: The gate set has no gate of that name.
    """
    try:
        return GATES[name]
    except KeyError:
        raise CircuitError(
            f"unknown gate `{name}`", hint=f"known: {', '.join(sorted(GATES))}"
        ) from None


def matrix(name: str, params: Sequence[Any] = (), xp: Any = np) -> Any:
    """Return the unitary of a gate, shape (2**wires, 2**wires), complex.

    Args:
        name: Gate name.
        params: Angles; scalars of `xp`.
        xp: numpy or jax.numpy.
    """
    return spec(name).matrix(xp, *params)


def adjoint(name: str, params: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return name and parameters of the adjoint gate."""
    if name == "u3":
        theta, phi, lam = params
        return "u3", (-theta, -lam, -phi)
    if name == "gpi2":
        return "gpi2", (params[0] + 0.5,)
    if name == "gpi":
        return "gpi", tuple(params)
    if name == "ms":
        return "ms", (params[0], params[1], -params[2])
    return spec(name).adjoint, tuple(-p for p in params)


def _fixed(rows: Sequence[Sequence[complex]]) -> Callable[..., Any]:
    constant = np.array(rows, dtype=np.complex128)

    def build(xp: Any) -> Any:
        return xp.asarray(constant)

    return build


def _assemble(xp: Any, rows: Sequence[Sequence[Any]]) -> Any:
    return xp.stack([xp.stack([xp.asarray(e) * (1 + 0j) for e in row]) for row in rows])


def _rx(xp: Any, t: Any) -> Any:
    c, s = xp.cos(t / 2), -1j * xp.sin(t / 2)
    return _assemble(xp, [[c, s], [s, c]])


def _ry(xp: Any, t: Any) -> Any:
    c, s = xp.cos(t / 2), xp.sin(t / 2)
    return _assemble(xp, [[c, -s], [s, c]])


def _diagonal(xp: Any, entries: Sequence[Any]) -> Any:
    return xp.diag(xp.stack([xp.asarray(e) * (1 + 0j) for e in entries]))


def _rz(xp: Any, t: Any) -> Any:
    return _diagonal(xp, [xp.exp(-0.5j * t), xp.exp(0.5j * t)])


def _phase(xp: Any, t: Any) -> Any:
    return _diagonal(xp, [1.0, xp.exp(1j * t)])


def _u3(xp: Any, theta: Any, phi: Any, lam: Any) -> Any:
    c, s = xp.cos(theta / 2), xp.sin(theta / 2)
    return _assemble(
        xp,
        [[c, -xp.exp(1j * lam) * s], [xp.exp(1j * phi) * s, xp.exp(1j * (phi + lam)) * c]],
    )


def _controlled(inner: Callable[..., Any]) -> Callable[..., Any]:
    def build(xp: Any, *params: Any) -> Any:
        block = inner(xp, *params)
        size = block.shape[0]
        zero = xp.zeros((size, size), dtype=block.dtype)
        return xp.block([[xp.eye(size, dtype=block.dtype), zero], [zero, block]])

    return build


def _two_pauli(word: Sequence[Sequence[complex]]) -> Callable[..., Any]:
    single = np.array(word, dtype=np.complex128)
    both = np.kron(single, single)

    def build(xp: Any, t: Any) -> Any:
        return xp.cos(t / 2) * np.eye(4) - 1j * xp.sin(t / 2) * both

    return build


def _gpi(xp: Any, phi: Any) -> Any:
    e = xp.exp(1j * TURN * phi)
    return _assemble(xp, [[0.0, xp.conj(e)], [e, 0.0]])


def _gpi2(xp: Any, phi: Any) -> Any:
    e = xp.exp(1j * TURN * phi)
    return _assemble(xp, [[1.0, -1j * xp.conj(e)], [-1j * e, 1.0]]) / np.sqrt(2)


def _zz(xp: Any, angle: Any) -> Any:
    a, b = xp.exp(-1j * np.pi * angle), xp.exp(1j * np.pi * angle)
    return _diagonal(xp, [a, b, b, a])


def _ms(xp: Any, phi0: Any, phi1: Any, angle: Any) -> Any:
    c, s = xp.cos(np.pi * angle), -1j * xp.sin(np.pi * angle)
    p, m = xp.exp(1j * TURN * (phi0 + phi1)), xp.exp(1j * TURN * (phi0 - phi1))
    return _assemble(
        xp,
        [
            [c, 0.0, 0.0, s * xp.conj(p)],
            [0.0, c, s * xp.conj(m), 0.0],
            [0.0, s * m, c, 0.0],
            [s * p, 0.0, 0.0, c],
        ],
    )


_I: list[list[complex]] = [[1, 0], [0, 1]]
_X: list[list[complex]] = [[0, 1], [1, 0]]
_Y: list[list[complex]] = [[0, -1j], [1j, 0]]
_Z: list[list[complex]] = [[1, 0], [0, -1]]
_R = 2**-0.5
_H: list[list[complex]] = [[_R, _R], [_R, -_R]]
_SX: list[list[complex]] = [[(1 + 1j) / 2, (1 - 1j) / 2], [(1 - 1j) / 2, (1 + 1j) / 2]]
_SXDG: list[list[complex]] = [[(1 - 1j) / 2, (1 + 1j) / 2], [(1 + 1j) / 2, (1 - 1j) / 2]]
_T: list[list[complex]] = [[1, 0], [0, _R * (1 + 1j)]]
_TDG: list[list[complex]] = [[1, 0], [0, _R * (1 - 1j)]]
_SWAP: list[list[complex]] = [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
_ISWAP: list[list[complex]] = [[1, 0, 0, 0], [0, 0, 1j, 0], [0, 1j, 0, 0], [0, 0, 0, 1]]
_ISWAPDG: list[list[complex]] = [[1, 0, 0, 0], [0, 0, -1j, 0], [0, -1j, 0, 0], [0, 0, 0, 1]]

_ROTATION = (1.0,)
_CONTROLLED_ROTATION = (0.5, 1.0)

GATES: dict[str, GateSpec] = {
    "id": GateSpec(1, 0, _fixed(_I), "id"),
    "x": GateSpec(1, 0, _fixed(_X), "x"),
    "y": GateSpec(1, 0, _fixed(_Y), "y"),
    "z": GateSpec(1, 0, _fixed(_Z), "z"),
    "h": GateSpec(1, 0, _fixed(_H), "h"),
    "s": GateSpec(1, 0, _fixed([[1, 0], [0, 1j]]), "sdg"),
    "sdg": GateSpec(1, 0, _fixed([[1, 0], [0, -1j]]), "s"),
    "t": GateSpec(1, 0, _fixed(_T), "tdg"),
    "tdg": GateSpec(1, 0, _fixed(_TDG), "t"),
    "sx": GateSpec(1, 0, _fixed(_SX), "sxdg"),
    "sxdg": GateSpec(1, 0, _fixed(_SXDG), "sx"),
    "rx": GateSpec(1, 1, _rx, "rx", _ROTATION),
    "ry": GateSpec(1, 1, _ry, "ry", _ROTATION),
    "rz": GateSpec(1, 1, _rz, "rz", _ROTATION),
    "phase": GateSpec(1, 1, _phase, "phase", _ROTATION),
    "u3": GateSpec(1, 3, _u3, "u3", _ROTATION),
    "cnot": GateSpec(2, 0, _controlled(_fixed(_X)), "cnot"),
    "cy": GateSpec(2, 0, _controlled(_fixed(_Y)), "cy"),
    "cz": GateSpec(2, 0, _controlled(_fixed(_Z)), "cz"),
    "ch": GateSpec(2, 0, _controlled(_fixed(_H)), "ch"),
    "swap": GateSpec(2, 0, _fixed(_SWAP), "swap"),
    "iswap": GateSpec(2, 0, _fixed(_ISWAP), "iswapdg"),
    "iswapdg": GateSpec(2, 0, _fixed(_ISWAPDG), "iswap"),
    "crx": GateSpec(2, 1, _controlled(_rx), "crx", _CONTROLLED_ROTATION),
    "cry": GateSpec(2, 1, _controlled(_ry), "cry", _CONTROLLED_ROTATION),
    "crz": GateSpec(2, 1, _controlled(_rz), "crz", _CONTROLLED_ROTATION),
    "cphase": GateSpec(2, 1, _controlled(_phase), "cphase", _ROTATION),
    "rxx": GateSpec(2, 1, _two_pauli(_X), "rxx", _ROTATION),
    "ryy": GateSpec(2, 1, _two_pauli(_Y), "ryy", _ROTATION),
    "rzz": GateSpec(2, 1, _two_pauli(_Z), "rzz", _ROTATION),
    "ccnot": GateSpec(3, 0, _controlled(_controlled(_fixed(_X))), "ccnot"),
    "ccz": GateSpec(3, 0, _controlled(_controlled(_fixed(_Z))), "ccz"),
    "cswap": GateSpec(3, 0, _controlled(_fixed(_SWAP)), "cswap"),
    "gpi": GateSpec(1, 1, _gpi, "gpi"),
    "gpi2": GateSpec(1, 1, _gpi2, "gpi2"),
    "ms": GateSpec(2, 3, _ms, "ms"),
    "zz": GateSpec(2, 1, _zz, "zz", (TURN,)),
}
