"""Strategies for Hypothesis: circuits, models, angles and unitaries.

Nothing else imports this module, so that Hypothesis is needed where strategies are used, and only
there. It shrinks what fails: a failing circuit comes back with few gates, few wires and angles near
zero.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, CircuitModel, Gate, z
from qml.circuits.gates import GATES
from qml.errors import CircuitError, MissingExtraError

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy
except ModuleNotFoundError:
    raise MissingExtraError("hypothesis", extra="test") from None


def angles(low: float = -2 * np.pi, high: float = 2 * np.pi) -> SearchStrategy[float]:
    """Angles, with the special ones (multiples of pi/4) more often than chance would have it.

    Args:
        low: Smallest angle (radians).
        high: Largest angle (radians).
    """
    special = [k * np.pi / 4 for k in range(-8, 9) if low <= k * np.pi / 4 <= high]
    free = st.floats(low, high, allow_nan=False)
    return st.one_of(st.sampled_from(special), free) if special else free


def circuits(
    wires: int | tuple[int, int] = (1, 4),
    gates: Sequence[str] | None = None,
    depth: int | tuple[int, int] = (0, 12),
) -> SearchStrategy[Circuit]:
    """Circuits.

    Args:
        wires: Number of wires, or the least and the most.
        gates: Names of gates that may be used; the whole gate set where None. Gates that act on
            more wires than there are stay out.
        depth: Number of gates, or the least and the most.

    Raises:
        CircuitError: No gate fits on the wires, or a name is unknown.
    """
    _fitting(gates, _bounds(wires)[0])

    @st.composite
    def build(draw: DrawFn) -> Circuit:
        width = draw(st.integers(*_bounds(wires)))
        placed = _gate(width, _fitting(gates, width))
        low, high = _bounds(depth)
        return Circuit.of(width, draw(st.lists(placed, min_size=low, max_size=high)))

    return build()


def models(
    wires: int | tuple[int, int] = (1, 4),
    gates: Sequence[str] | None = None,
    depth: int | tuple[int, int] = (1, 8),
    features: int = 2,
) -> SearchStrategy[CircuitModel]:
    """Models: circuits whose angles are inputs and weights in turn; Z of every wire is measured.

    Args:
        wires: Number of wires, or the least and the most.
        gates: Names of gates that may be used; the whole gate set where None.
        depth: Number of gates, or the least and the most.
        features: Length of one sample.
    """
    return circuits(wires, gates, depth).map(lambda circuit: _model(circuit, features))


def unitaries(wires: int | tuple[int, int] = (1, 3)) -> SearchStrategy[NDArray[np.complex128]]:
    """Haar-random unitary matrices, shape (2**wires, 2**wires).

    Args:
        wires: Number of wires, or the least and the most.
    """
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(_haar, st.integers(*_bounds(wires)), seeds)


def _bounds(size: int | tuple[int, int]) -> tuple[int, int]:
    return (size, size) if isinstance(size, int) else size


def _fitting(gates: Sequence[str] | None, width: int) -> list[str]:
    names = sorted(GATES) if gates is None else list(gates)
    unknown = [name for name in names if name not in GATES]
    fitting = [name for name in names if name not in unknown and GATES[name].wires <= width]
    if unknown or not fitting:
        raise CircuitError(
            f"no circuits on {width} wires can be made of the gates {', '.join(names)}",
            hint=f"known: {', '.join(sorted(GATES))}",
        )
    return fitting


def _gate(width: int, names: list[str]) -> SearchStrategy[Gate]:

    @st.composite
    def build(draw: DrawFn) -> Gate:
        name = draw(st.sampled_from(names))
        known = GATES[name]
        order = draw(st.permutations(range(width)))
        params = tuple(draw(angles()) for _ in range(known.params))
        return Gate(name, tuple(order[: known.wires]), params)

    return build()


def _model(circuit: Circuit, features: int) -> CircuitModel:
    """Put an input into every other angle, scaled by the number that was drawn, else a weight."""
    count = sum(len(g.params) for g in circuit.gates)
    weights = max(1, count // 2)

    def build(inputs: Any, values: Any) -> Circuit:
        place, placed = 0, []
        for gate in circuit.gates:
            params: list[Any] = []
            for drawn in gate.params:
                source = (
                    inputs[place // 2 % features] if place % 2 else values[place // 2 % weights]
                )
                params.append(source * drawn)
                place += 1
            placed.append(Gate(gate.name, gate.wires, tuple(params)))
        return Circuit.of(circuit.wires, placed)

    observables = tuple(z(wire) for wire in range(circuit.wires))
    return CircuitModel(
        wires=circuit.wires,
        features=features,
        weights_shape=(weights,),
        build=build,
        observables=observables,
    )


def _haar(wires: int, seed: int) -> NDArray[np.complex128]:
    """Draw by the QR decomposition of a Gaussian matrix (Mezzadri, Notices AMS 54 (2007) 592)."""
    random = np.random.default_rng(seed)
    size = 2**wires
    gaussian = random.normal(size=(size, size)) + 1j * random.normal(size=(size, size))
    q, r = np.linalg.qr(gaussian)
    diagonal = np.diagonal(r)
    return np.asarray(q * (diagonal / np.abs(diagonal)), dtype=np.complex128)
