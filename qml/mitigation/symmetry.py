"""Shots that break a symmetry of their circuit had an error, and are left out.

Bonet-Monroig et al., "Low-cost error mitigation by symmetry verification", 2018, arXiv:1807.10050.
Here the symmetries are parities of measured bits: Z on a set of wires that every gate, the rotation
into the measured basis included, leaves alone up to its sign. It needs no further gate and no
knowledge of the noise; what is left is fewer shots.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit
from qml.config.sections import MitigationSection
from qml.errors import PlanError, ProviderError
from qml.mitigation.base import Expansion, Noise
from qml.mitigation.parities import Parity, conserved, holds
from qml.mitigation.tally import Tally, Target, Weights


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Post-selection on parities.

    Attributes:
        wires: Sets of wires that a person named; those that a circuit has are found where empty.
    """

    wires: tuple[tuple[int, ...], ...] = ()

    @property
    def variants(self) -> int:
        """The circuit itself."""
        return 1

    def expand(self, circuit: Circuit, seed: int) -> Expansion:
        """Return the circuit, and a rule that leaves shots out.

        Raises:
            PlanError: A named parity is not conserved by the circuit, or it has none at all.
        """
        del seed
        parities = self._parities(circuit)

        def combine(seen: Sequence[Tally], targets: Sequence[Target]) -> NDArray[np.float64]:
            return verified(seen[0], parities).means(targets)

        return Expansion((circuit,), combine)

    def _parities(self, circuit: Circuit) -> tuple[Parity, ...]:
        if self.wires:
            return tuple(_named(circuit, wires) for wires in self.wires)
        found = conserved(circuit)
        if not found:
            raise PlanError(
                "no parity of bits is conserved by the circuit: there is nothing to verify",
                hint='another mitigation.method, or "auto"',
            )
        return found


def verified(tally: Tally, parities: Sequence[Parity]) -> Tally:
    """Return the shots that have every parity.

    Raises:
        ProviderError: There are none.
    """
    keep = np.ones(len(tally.bits), dtype=bool)
    for parity in parities:
        keep &= tally.bits[:, list(parity.wires)].sum(axis=1) % 2 == parity.odd
    left = tally.kept(keep)
    if not left.total:
        raise ProviderError(
            f"none of {tally.total:.0f} shots has the parity of a circuit without errors",
            hint='raise backend.shots, or set mitigation.method = "none"',
        )
    return left


def make(section: MitigationSection, noise: Noise | None, weights: Weights | None) -> Symmetry:
    """Build the method from `[mitigation.symmetry]`; it takes bits as they are.

    Correcting the readout of shots that were chosen by what was read would count it twice.
    """
    del noise, weights
    return Symmetry(tuple(tuple(wires) for wires in section.symmetry.parities))


def _named(circuit: Circuit, wires: tuple[int, ...]) -> Parity:
    if not all(0 <= w < circuit.wires for w in wires):
        raise PlanError(
            f"mitigation.symmetry.parities names wires {list(wires)} of {circuit.wires}"
        )
    found = holds(circuit, wires)
    if found is None:
        raise PlanError(
            f"the circuit does not conserve the parity of wires {list(wires)}",
            hint="an empty mitigation.symmetry.parities finds those it conserves",
        )
    return found
