"""How wrong expectations will be: bias and variance of a method, before anything is spent.

Small circuits are computed by density matrix, and the method is applied to shots drawn from what
they show, so that all that it does to a distribution is in the numbers. Of larger ones `decay`
knows a closed form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit
from qml.config.sections import MitigationSection
from qml.errors import ProviderError
from qml.mitigation import pec, readout
from qml.mitigation.base import Expansion, Mitigation, Noise, Plain
from qml.mitigation.density import outcomes, work
from qml.mitigation.settings import Setting, assemble
from qml.mitigation.shares import needs_calibration, share
from qml.mitigation.tally import Tally, Weights
from qml.plugins import load

Array = NDArray[np.float64]

DRAWS = 200
MOST_WORK = 30_000_000
"""Gates times 4^wires of all variants of one circuit that a plan computes: a second or two."""
INSTANCES = 32
"""Circuits of PEC that are looked at to learn how they spread."""


class Error(NamedTuple):
    """Error of expectations, averaged over circuits and observables.

    Attributes:
        bias: Root of the mean square of what more shots do not lessen.
        deviation: Root of the mean variance.
    """

    bias: float
    deviation: float

    @property
    def square(self) -> float:
        """Mean squared error."""
        return self.bias**2 + self.deviation**2

    @property
    def root(self) -> float:
        """Root of the mean squared error."""
        return float(np.sqrt(self.square))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One circuit that expectations are wanted of.

    Attributes:
        circuits: In every setting, as its gates are run.
        settings: What is measured of it.
    """

    circuits: tuple[Circuit, ...]
    settings: tuple[Setting, ...]


def fits(section: MitigationSection, cases: Sequence[Case]) -> bool:
    """Whether the cases are small enough to be computed."""
    times = {"pec": INSTANCES, "zne": sum(section.zne.factors)}.get(section.method, 1)
    return max((times * work(c) for case in cases for c in case.circuits), default=0) <= MOST_WORK


def computed(
    section: MitigationSection, noise: Noise, cases: Sequence[Case], shots: int, seed: int = 0
) -> Error:
    """Return the error of a method on circuits that are computed.

    Args:
        section: `[mitigation]`; `none` is a method too.
        noise: Of the machine.
        cases: Circuits.
        shots: Shots of an expectation without mitigation.
        seed: Of the shots that are drawn.

    Raises:
        PlanError: The method cannot be applied to one of them.
    """
    rng = np.random.default_rng(seed)
    found = [_case(section, noise, case, shots, rng) for case in cases]
    return Error(
        float(np.sqrt(np.mean([e.bias**2 for e in found]))),
        float(np.sqrt(np.mean([e.deviation**2 for e in found]))),
    )


def _case(
    section: MitigationSection,
    noise: Noise,
    case: Case,
    shots: int,
    rng: np.random.Generator,
) -> Error:
    truth = assemble(
        [
            outcomes(c, Noise()).means(s.targets)
            for c, s in zip(case.circuits, case.settings, strict=True)
        ],
        case.settings,
    )
    each = share(section, shots).shots
    if section.method == "pec":
        return _cancelled(section, noise, case, each)
    first = method_of(section, noise, _weights(section, noise, case, None))
    expansions = [first.expand(c, 0) for c in case.circuits]
    exact = [[outcomes(c, noise) for c in e.circuits] for e in expansions]
    draws = np.empty((DRAWS, len(truth)))
    for row in range(DRAWS):
        if needs_calibration(section):
            method = method_of(section, noise, _weights(section, noise, case, rng))
            expansions = [method.expand(c, 0) for c in case.circuits]
        draws[row] = _drawn(case, expansions, exact, each, rng)
    variance = draws.var(axis=0, ddof=1)
    bias = (draws.mean(axis=0) - truth) ** 2 - variance / DRAWS
    return Error(float(np.sqrt(np.clip(bias, 0, None).mean())), float(np.sqrt(variance.mean())))


def method_of(
    section: MitigationSection, noise: Noise | None, weights: Weights | None
) -> Mitigation:
    """Make a method, `none` included."""
    if section.method == "none":
        return Plain()
    made: Mitigation = load("mitigations", section.method).make(section, noise, weights)
    return made


def _drawn(
    case: Case,
    expansions: Sequence[Expansion],
    exact: Sequence[Sequence[Tally]],
    shots: int,
    rng: np.random.Generator,
) -> Array:
    """Draw shots of all variants once, and combine them as a run would."""
    values = []
    for expansion, setting, variants in zip(expansions, case.settings, exact, strict=True):
        seen = [Tally(t.bits, rng.multinomial(shots, t.times).astype(float)) for t in variants]
        try:
            values.append(expansion.combine(seen, setting.targets))
        except ProviderError:  # no shot was left: a run would stop here, an estimate knows nothing
            values.append(np.zeros(len(setting.targets)))
    return assemble(values, case.settings)


def _weights(
    section: MitigationSection, noise: Noise, case: Case, rng: np.random.Generator | None
) -> Weights | None:
    """Return readout weights: exact, or as calibrated with so many shots."""
    if not needs_calibration(section):
        return None
    wires = case.circuits[0].wires
    confusion = readout.modelled(noise, wires)
    if rng is not None and section.readout.source == "calibration":
        shots = section.readout.shots
        flips = rng.binomial(shots, noise.readout, (2, wires)) / shots
        confusion = readout.Confusion(flips[0], flips[1])
    return readout.weights(confusion)


def _cancelled(section: MitigationSection, noise: Noise, case: Case, each: int) -> Error:
    """Return the error of PEC: no bias of the gates, and a variance within and between circuits."""
    variance = np.zeros(case.settings[0].coefficients.shape[1])
    bias = np.zeros_like(variance)
    weights = _weights(section, noise, case, None)
    for circuit, setting in zip(case.circuits, case.settings, strict=True):
        drawn = pec.draw(circuit, noise, INSTANCES, 0)
        values, within = [], []
        for variant in drawn.circuits:
            tally = outcomes(variant, noise)
            products = np.array([tally.products(t, weights) for t in setting.targets])
            shown = setting.coefficients.T @ products
            values.append(shown @ tally.times)
            within.append(shown**2 @ tally.times - values[-1] ** 2)
        left = 1.0 if weights is not None else 1 - 2 * noise.readout
        truth = outcomes(circuit, Noise()).means(setting.targets)
        kept = np.array([1.0 if t is None else left ** len(t) for t in setting.targets])
        # the mean is known, and squares have no sign: few circuits tell the variance of many
        mean = (kept * truth) @ setting.coefficients
        between = drawn.gain**2 * np.mean(np.square(values), axis=0) - mean**2
        shots = drawn.gain**2 * np.mean(within, axis=0) / each
        variance += (between + shots) / section.pec.circuits
        bias += truth @ setting.coefficients - mean
    return Error(float(np.sqrt((bias**2).mean())), float(np.sqrt(variance.mean())))
