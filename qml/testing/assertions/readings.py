"""Values of an observable, one for each shot, from counts in the bases that it needs."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.backends.base import Backend
from qml.circuits import Circuit, Observable, ZeroProjector
from qml.circuits.measurement import plan_measurement
from qml.errors import CircuitError
from qml.results.counts import Counts
from qml.testing.assertions.sources import sample

Values = NDArray[np.float64]


class Reading(NamedTuple):
    """What one shot of an observable costs, and what it may say.

    Attributes:
        bases: Circuits that are run for one value.
        low: Smallest value.
        high: Largest value.
    """

    bases: int
    low: float
    high: float


def reading(observable: Observable | ZeroProjector) -> Reading:
    """Tell the range of an observable's values: all Pauli strings at once at their worst."""
    if isinstance(observable, ZeroProjector):
        return Reading(1, 0.0, 1.0)
    constant = sum(c for c, string in observable.terms if not string)
    reach = sum(abs(c) for c, string in observable.terms if string)
    if not reach:
        raise CircuitError("the observable is a constant: nothing is measured")
    bases = len(plan_measurement([_without_constant(observable)]).bases)
    return Reading(bases, constant - reach, constant + reach)


def sampler(
    circuit: Circuit, observable: Observable | ZeroProjector, backend: Backend
) -> Callable[[int, int], Values]:
    """Return `(shots, seed) -> values`, shape (shots,).

    Shots of several bases are matched at random: they are independent, so any match is fair.
    """
    plan = (
        None
        if isinstance(observable, ZeroProjector)
        else plan_measurement([_without_constant(observable)])
    )
    circuits = [circuit] if plan is None else plan.circuits([circuit])

    def draw(shots: int, seed: int) -> Values:
        return values_of(sample(backend, circuits, shots, seed), observable, seed)

    return draw


def values_of(
    counts: tuple[Counts, ...], observable: Observable | ZeroProjector, seed: int
) -> Values:
    """Return one value for each shot, shape (shots,), from the counts of its bases."""
    if isinstance(observable, ZeroProjector):
        (only,) = counts
        return _expanded(only, lambda bits: (bits == 0).all(axis=1).astype(np.float64))
    random = np.random.default_rng(seed)
    terms = plan_measurement([_without_constant(observable)]).terms[0]
    constant = sum(c for c, string in observable.terms if not string)
    total = np.full(counts[0].shots, float(constant))
    for basis, seen in enumerate(counts):
        mine = [(c, list(wires)) for c, wires, place in terms if place == basis]

        def read(bits: NDArray[np.int8], mine: list[tuple[float, list[int]]] = mine) -> Values:
            signs = 1.0 - 2.0 * bits
            return np.asarray(sum(c * signs[:, wires].prod(axis=1) for c, wires in mine))

        total += random.permutation(_expanded(seen, read))
    return total


def _expanded(counts: Counts, read: Callable[[NDArray[np.int8]], Values]) -> Values:
    bits, times = counts.arrays()
    return np.repeat(read(bits), times)


def _without_constant(observable: Observable) -> Observable:
    return Observable(tuple(term for term in observable.terms if term[1]))
