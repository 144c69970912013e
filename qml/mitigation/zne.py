"""Zero-noise extrapolation: measure at errors made larger on purpose, and extrapolate to none.

Temme, Bravyi and Gambetta, 2017, arXiv:1612.02058; Li and Benjamin, 2017, arXiv:1611.09301. It
needs no knowledge of the noise, it leaves a bias, and it multiplies the variance: by the sum of its
squared coefficients at equal shots for each point (19 for 1, 2, 3; 5.22 for 1, 3, 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Expansion, Noise
from qml.mitigation.extrapolation import exponential, linear, richardson
from qml.mitigation.folding import Folded, Way, fold
from qml.mitigation.tally import Tally, Target, Weights

CLOSEST = 1e-9


@dataclass(frozen=True, slots=True)
class Zne:
    """Extrapolation over folded circuits.

    Attributes:
        factors: Wanted sizes of the error, the first 1.
        fit: What goes through the points.
        way: What is folded.
        noise: Weighs the gates that are folded; None counts two-qubit gates.
        weights: How measured bits count; None takes them as they are.
    """

    factors: tuple[float, ...]
    fit: Literal["richardson", "linear", "exponential"]
    way: Way
    noise: Noise | None = None
    weights: Weights | None = None

    @property
    def variants(self) -> int:
        """One circuit for each factor."""
        return len(self.factors)

    def expand(self, circuit: Circuit, seed: int) -> Expansion:
        """Fold the circuit by every factor.

        Raises:
            PlanError: It has too few gates to reach different factors.
        """
        del seed
        folded = [fold(circuit, f, self.way, self.noise) for f in self.factors]
        scales = [f.scale for f in folded]
        if min(b - a for a, b in pairwise(scales)) < CLOSEST:
            raise _too_few(self.factors, folded)

        through = self._coefficients(scales)

        def combine(seen: Sequence[Tally], targets: Sequence[Target]) -> NDArray[np.float64]:
            values = np.array([tally.means(targets, self.weights) for tally in seen])
            return exponential(scales, values) if through is None else np.asarray(through @ values)

        return Expansion(tuple(f.circuit for f in folded), combine, through)

    def _coefficients(self, scales: Sequence[float]) -> NDArray[np.float64] | None:
        """Return what each point counts for; None where the fit is no linear one."""
        if self.fit == "exponential":
            return None
        return richardson(scales) if self.fit == "richardson" else linear(scales)


def make(section: MitigationSection, noise: Noise | None, weights: Weights | None) -> Zne:
    """Build the method from `[mitigation.zne]`."""
    options = section.zne
    return Zne(tuple(options.factors), options.fit, options.fold, noise, weights)


def _too_few(factors: Sequence[float], folded: Sequence[Folded]) -> PlanError:
    reached = ", ".join(f"{f.scale:g}" for f in folded)
    return PlanError(
        f"zne cannot reach the factors {', '.join(f'{f:g}' for f in factors)}: a circuit with so"
        f" few gates that err gives {reached}",
        hint="mitigation.zne.factors = [1, 3, 5] folds whole gates",
    )
