"""How wrong expectations will be: bias and variance of a method, before anything is spent.

Small circuits are computed by density matrix. Where an estimate is linear in the averages of its
circuits, bias and variance follow exactly; other methods (an exponential fit, shots left out) are
applied to shots drawn from what the circuits show, and say how well so many draws tell it. Of
larger circuits `decay` knows a closed form.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from qml.config.sections import MitigationSection
from qml.mitigation import pec
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes, work
from qml.mitigation.error import Case, Error, root
from qml.mitigation.moments import expanded, linear, sampled, weights_of
from qml.mitigation.shares import share

MOST_WORK = 30_000_000
"""Gates times 4^wires of all variants of one circuit that a plan computes: a second or two."""
INSTANCES = 32
"""Circuits of PEC that are looked at to learn how they spread."""


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
        float(np.linalg.norm([e.uncertainty for e in found])) / len(found),
    )


def _case(
    section: MitigationSection,
    noise: Noise,
    case: Case,
    shots: int,
    rng: np.random.Generator,
) -> Error:
    each = share(section, shots).shots
    if section.method == "pec":
        return _cancelled(section, noise, case, each)
    weights = weights_of(section, noise, case, None)
    expansions = expanded(section, noise, case, weights)
    exact = [[outcomes(c, noise) for c in e.circuits] for e in expansions]
    if any(e.linear is None for e in expansions):
        return sampled(section, noise, case, each, rng, exact)
    return linear(section, noise, case, each, rng, exact)


def _cancelled(section: MitigationSection, noise: Noise, case: Case, each: int) -> Error:
    """Return the error of PEC: no bias of the gates, and a variance within and between circuits."""
    variance = np.zeros(case.settings[0].coefficients.shape[1])
    bias = np.zeros_like(variance)
    doubt = 0.0
    weights = weights_of(section, noise, case, None)
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
        squares = drawn.gain**2 * (np.square(values) + np.array(within) / each)
        variance += (squares.mean(axis=0) - mean**2) / section.pec.circuits
        bias += truth @ setting.coefficients - mean
        doubt += (squares.mean(axis=1).std(ddof=1) / section.pec.circuits) ** 2 / INSTANCES
    return Error(root(bias**2), root(variance), sqrt(doubt))
