"""Readout errors, undone on average: each wire's confusion matrix, inverted.

Bravyi et al., "Mitigating measurement errors in multi-qubit experiments", 2021, arXiv:2006.14044,
in its form for errors that do not depend on each other: a product of 2 x 2 matrices, of which an
observable needs those of its own wires alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Gate
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Noise, Plain
from qml.mitigation.tally import Tally, Weights
from qml.results.counts import Counts

WORST = 0.5
"""Flips of 0 and of 1 that add up to more than twice this leave nothing to invert."""


class Confusion(NamedTuple):
    """Probabilities of wrong bits, one of each kind for every wire.

    Attributes:
        zero: To read 1 where the truth is 0, shape (wires,).
        one: To read 0 where the truth is 1, shape (wires,).
    """

    zero: NDArray[np.float64]
    one: NDArray[np.float64]


def calibration(wires: int) -> tuple[Circuit, Circuit]:
    """Return two circuits that tell all confusion matrices: all wires in |0>, and all in |1>."""
    flips = tuple(Gate("x", (wire,)) for wire in range(wires))
    return Circuit(wires, ()), Circuit(wires, flips)


def calibrated(counts: Sequence[Counts]) -> Confusion:
    """Read the confusion matrices off the counts of the two circuits of `calibration`."""
    zeros, ones = (Tally.of(c) for c in counts)
    share = [t.times @ t.bits / t.total for t in (zeros, ones)]
    return Confusion(share[0], 1 - share[1])


def modelled(noise: Noise, wires: int) -> Confusion:
    """Take the flips of a noise model."""
    flips = np.full(wires, noise.readout)
    return Confusion(flips, flips)


def weights(confusion: Confusion) -> Weights:
    """Return what measured bits count for, A^-T (1, -1) and A^-T (1, 0) on every wire.

    Raises:
        PlanError: The bits of a wire tell nothing of it.
    """
    left = 1 - confusion.zero - confusion.one
    if np.any(left <= 1 - 2 * WORST):
        wire = int(np.argmin(left))
        raise PlanError(
            f"the readout of wire {wire} errs in {confusion.zero[wire]:.3f} of zeros and"
            f" {confusion.one[wire]:.3f} of ones: nothing can be read off it",
            hint="look at the machine's calibration, or raise mitigation.readout.shots",
        )
    shift = confusion.one - confusion.zero
    signs = np.stack([(1 - shift) / left, (-1 - shift) / left], axis=1)
    zeros = np.stack([(1 - confusion.one) / left, -confusion.one / left], axis=1)
    return Weights(signs, zeros)


def make(section: MitigationSection, noise: Noise | None, weights: Weights | None) -> Plain:
    """Build the method: the circuit itself, whose bits count as calibrated."""
    del section, noise
    return Plain(weights)
