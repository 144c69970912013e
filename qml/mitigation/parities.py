"""Parities of measured bits that a circuit fixes, whatever its angles: Z on some wires, conserved.

A gate keeps the operator Z on a set of wires if it commutes with it, and turns its sign if it
anticommutes (X does). The sets that a gate leaves alone up to a sign are closed under addition, so
all that a circuit leaves alone are the solutions of linear equations over GF(2).
"""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Gate
from qml.circuits.gates import matrix

TOLERANCE = 1e-9


class Parity(NamedTuple):
    """A parity that every shot without an error has.

    Attributes:
        wires: Wires whose bits are added.
        odd: Whether the sum is odd.
    """

    wires: tuple[int, ...]
    odd: bool


def conserved(circuit: Circuit) -> tuple[Parity, ...]:
    """Return independent parities that a circuit fixes, started from |0...0>; perhaps none."""
    checks = [check for gate in circuit.gates for check in _checks(gate)]
    return tuple(Parity(wires, _odd(circuit, wires)) for wires in _solutions(checks, circuit.wires))


def holds(circuit: Circuit, wires: tuple[int, ...]) -> Parity | None:
    """Return the parity of some wires where the circuit fixes it, else None."""
    chosen = sum(1 << w for w in wires)
    broken = any((chosen & c).bit_count() % 2 for g in circuit.gates for c in _checks(g))
    return None if broken else Parity(wires, _odd(circuit, wires))


def _checks(gate: Gate) -> list[int]:
    """Return sets of wires (bit masks): a conserved set meets each in an even number of wires."""
    signs = _signs(gate.name, tuple(float(p) for p in gate.params), len(gate.wires))
    kept = [s for s, sign in signs.items() if sign]
    checks = [
        c
        for c in product((0, 1), repeat=len(gate.wires))
        if any(c) and all(sum(a * b for a, b in zip(c, s, strict=True)) % 2 == 0 for s in kept)
    ]
    return [sum(1 << w for w, bit in zip(gate.wires, c, strict=True) if bit) for c in checks]


def _odd(circuit: Circuit, wires: tuple[int, ...]) -> bool:
    turned = 0
    for gate in circuit.gates:
        part = tuple(int(w in wires) for w in gate.wires)
        signs = _signs(gate.name, tuple(float(p) for p in gate.params), len(gate.wires))
        turned += signs[part] < 0
    return bool(turned % 2)


@lru_cache(maxsize=4096)
def _signs(name: str, params: tuple[float, ...], wires: int) -> dict[tuple[int, ...], int]:
    """For each set of a gate's wires: 1 where Z on it commutes, -1 anticommutes, else 0."""
    gate = matrix(name, params)
    found = {}
    for part in product((0, 1), repeat=wires):
        signs: NDArray[np.float64] = np.ones(1)
        for bit in part:
            signs = np.asarray(np.kron(signs, [1.0, -1.0 if bit else 1.0]), dtype=np.float64)
        turned = signs[:, None] * gate * signs[None, :]
        found[part] = int(np.allclose(turned, gate, atol=TOLERANCE)) - int(
            np.allclose(turned, -gate, atol=TOLERANCE)
        )
    return found


def _solutions(checks: list[int], wires: int) -> list[tuple[int, ...]]:
    """Return a basis of the sets that meet every check evenly (elimination over GF(2))."""
    pivots: dict[int, int] = {}
    for check in dict.fromkeys(checks):
        for bit, row in pivots.items():
            check ^= row if check >> bit & 1 else 0  # noqa: PLW2901 - reduced as it goes
        if check:
            lead = check.bit_length() - 1
            pivots = {b: r ^ check if r >> lead & 1 else r for b, r in pivots.items()}
            pivots[lead] = check
    free = [w for w in range(wires) if w not in pivots]
    return [tuple(sorted([f, *(bit for bit, row in pivots.items() if row >> f & 1)])) for f in free]
