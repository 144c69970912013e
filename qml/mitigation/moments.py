"""What shots make of a method: exact moments where it is linear, draws of shots where it is not."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.config.sections import MitigationSection
from qml.errors import ProviderError
from qml.mitigation import readout
from qml.mitigation.base import Expansion, Mitigation, Noise, Plain
from qml.mitigation.error import Case, Error, root, told
from qml.mitigation.settings import assemble
from qml.mitigation.shares import needs_calibration
from qml.mitigation.tally import Tally, Weights
from qml.plugins import load

Array = NDArray[np.float64]
Seen = Sequence[Sequence[Tally]]
"""Outcomes of every variant in every setting."""

DRAWS = 1000
CALIBRATIONS = 100
"""Outcomes of a calibration of the readout that a prediction is averaged over."""


def linear(
    section: MitigationSection,
    noise: Noise,
    case: Case,
    shots: int,
    rng: np.random.Generator,
    exact: Seen,
) -> Error:
    """Return the exact error of a linear method, averaged over calibrations where it has any."""
    measured = needs_calibration(section) and section.readout.source == "calibration"
    means, variances = [], []
    for _ in range(CALIBRATIONS if measured else 1):
        weights = weights_of(section, noise, case, rng if measured else None)
        expansions = expanded(section, noise, case, weights)
        mean, variance = _moments(case, expansions, exact, shots, weights)
        means.append(mean)
        variances.append(variance)
    truth = case.truth
    if not measured:
        return Error(root(np.square(means[0] - truth)), root(variances[0]))
    return told(np.array(means), np.array(variances), truth)


def _moments(
    case: Case,
    expansions: Sequence[Expansion],
    exact: Seen,
    shots: int,
    weights: Weights | None,
) -> tuple[Array, Array]:
    """Return mean and variance of the expectations, each of shape (observables,)."""
    values = [
        expansion.combine(variants, setting.targets)
        for expansion, setting, variants in zip(expansions, case.settings, exact, strict=True)
    ]
    variance = np.zeros(case.settings[0].coefficients.shape[1])
    for expansion, setting, variants in zip(expansions, case.settings, exact, strict=True):
        assert expansion.linear is not None
        for coefficient, tally in zip(expansion.linear, variants, strict=True):
            products = np.array([tally.products(t, weights) for t in setting.targets])
            shown = setting.coefficients.T @ products
            spread = shown**2 @ tally.times - (shown @ tally.times) ** 2
            variance += coefficient**2 * spread / shots
    return assemble(values, case.settings), variance


def sampled(
    section: MitigationSection,
    noise: Noise,
    case: Case,
    shots: int,
    rng: np.random.Generator,
    exact: Seen,
) -> Error:
    """Return the error of any method, on shots that are drawn."""
    draws = []
    expansions: list[Expansion] = []
    for _ in range(DRAWS):
        if not expansions or needs_calibration(section):
            weights = weights_of(section, noise, case, rng)
            expansions = expanded(section, noise, case, weights)
        draws.append(_drawn(case, expansions, exact, shots, rng))
    means = np.array(draws)
    return told(means, np.zeros_like(means), case.truth)


def _drawn(
    case: Case,
    expansions: Sequence[Expansion],
    exact: Seen,
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


def expanded(
    section: MitigationSection, noise: Noise, case: Case, weights: Weights | None
) -> list[Expansion]:
    """Return what runs in place of a case's circuits, one expansion for each setting."""
    method = method_of(section, noise, weights)
    return [method.expand(c, 0) for c in case.circuits]


def method_of(
    section: MitigationSection, noise: Noise | None, weights: Weights | None
) -> Mitigation:
    """Make a method, `none` included."""
    if section.method == "none":
        return Plain()
    made: Mitigation = load("mitigations", section.method).make(section, noise, weights)
    return made


def weights_of(
    section: MitigationSection, noise: Noise, case: Case, rng: np.random.Generator | None
) -> Weights | None:
    """Return readout weights: exact, or as a calibration that is drawn tells them."""
    if not needs_calibration(section):
        return None
    wires = case.circuits[0].wires
    confusion = readout.modelled(noise, wires)
    if rng is not None and section.readout.source == "calibration":
        shots = section.readout.shots
        flips = rng.binomial(shots, noise.readout, (2, wires)) / shots
        confusion = readout.Confusion(flips[0], flips[1])
    return readout.weights(confusion)
