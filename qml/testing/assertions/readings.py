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

Values = tuple[NDArray[np.float64], NDArray[np.int64]]
"""Values of shots, and how many shots had each; a value may come more than once."""


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
    """Return `(shots, seed) -> values`.

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
    """Return the values of all shots from the counts of the observable's bases."""
    if isinstance(observable, ZeroProjector):
        bits, times = counts[0].arrays()
        return (bits == 0).all(axis=1).astype(np.float64), times
    terms = plan_measurement([_without_constant(observable)]).terms[0]
    constant = float(sum(c for c, string in observable.terms if not string))
    each = [
        _of_basis(seen, [(c, list(wires)) for c, wires, place in terms if place == basis])
        for basis, seen in enumerate(counts)
    ]
    values, times = each[0] if len(each) == 1 else _matched(each, seed)
    return values + constant, times


def _of_basis(counts: Counts, terms: list[tuple[float, list[int]]]) -> Values:
    bits, times = counts.arrays()
    signs = 1.0 - 2.0 * bits
    return np.asarray(sum(c * signs[:, wires].prod(axis=1) for c, wires in terms)), times


def _matched(each: list[Values], seed: int) -> Values:
    random = np.random.default_rng(seed)
    total = sum(random.permutation(np.repeat(values, times)) for values, times in each)
    return np.unique(np.asarray(total), return_counts=True)


def _without_constant(observable: Observable) -> Observable:
    return Observable(tuple(term for term in observable.terms if term[1]))
