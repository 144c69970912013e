"""The closed form of a forecast: how an expectation decays under depolarising noise.

Each gate in the past of an observable takes the factor 1 - rate from it, each measured bit the
factor 1 - 2 flips: exact where the depolarised qubits' operator is not the identity, an upper bound
of the decay otherwise. What the expectation would be is not known; 1/2 is assumed.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from qml.circuits import Circuit
from qml.config.sections import MitigationSection
from qml.mitigation import pec
from qml.mitigation.base import Noise
from qml.mitigation.error import Case, Error
from qml.mitigation.extrapolation import exponential, linear, richardson
from qml.mitigation.shares import needs_calibration
from qml.mitigation.tally import Target

ASSUMED = 0.5
STEP = 1e-4


def estimated(
    section: MitigationSection, noise: Noise, cases: Sequence[Case], shots: int
) -> Error | None:
    """Return the error of a method by the closed form; None where it has none (symmetries).

    Args:
        section: `[mitigation]`; `none` is a method too.
        noise: Of the machine.
        cases: Circuits.
        shots: Shots of an expectation without mitigation.
    """
    if section.method == "symmetry":
        return None
    biases, variances = [], []
    for case in cases:
        for circuit, setting in zip(case.circuits, case.settings, strict=True):
            for sizes, target in setting.terms:
                bias, variance = _one(section, noise, circuit, target, shots)
                biases.append((sizes**2).sum() * bias**2)
                variances.append((sizes**2).sum() * variance)
    number = len(cases) * cases[0].settings[0].coefficients.shape[1]
    return Error(sqrt(sum(biases) / number), sqrt(sum(variances) / number))


def past(circuit: Circuit, target: Target) -> tuple[int, int]:
    """Count the one- and two-qubit gates that what is measured depends on."""
    reached = set(range(circuit.wires)) if target is None else set(target)
    counted = [0, 0]
    for gate in reversed(circuit.gates):
        if reached & set(gate.wires):
            reached |= set(gate.wires)
            counted[len(gate.wires) > 1] += 1
    return counted[0], counted[1]


def _one(
    section: MitigationSection, noise: Noise, circuit: Circuit, target: Target, shots: int
) -> tuple[float, float]:
    """Return bias and variance of one target of coefficient 1."""
    one, two = past(circuit, target)
    kept = (1 - noise.one_qubit) ** one * (1 - noise.two_qubit) ** two
    bits = circuit.wires if target is None else len(target)
    read = (1 - 2 * noise.readout) ** bits
    corrected = needs_calibration(section)
    shown, gain = (1.0, 1 / read**2) if corrected else (read, 1.0)
    total = shots * section.overhead
    match section.method:
        case "zne":
            value, amplified = _extrapolated(section, kept, shown)
        case "pec":
            value = shown
            amplified = pec.overhead(noise, one, two)
            amplified *= 1 + ASSUMED**2 * (total / section.pec.circuits - 1) * (1 - 1 / amplified)
        case _:
            value, amplified = kept * shown, 1.0
    return ASSUMED * (1 - value), amplified * gain * (1 - (ASSUMED * kept * shown) ** 2) / total


def _extrapolated(section: MitigationSection, kept: float, shown: float) -> tuple[float, float]:
    """Return what is left of an expectation after extrapolation, and the growth of the variance."""
    factors = section.zne.factors
    values = np.array([[ASSUMED * shown * kept**f] for f in factors])
    if section.zne.fit == "exponential":
        at = exponential(factors, values)[0]
        moved = [
            values + STEP * (np.arange(len(factors)) == i)[:, None] for i in range(len(factors))
        ]
        slopes = np.array([(exponential(factors, m)[0] - at) / STEP for m in moved])
    else:
        slopes = richardson(factors) if section.zne.fit == "richardson" else linear(factors)
        at = float(slopes @ values[:, 0])
    return float(at) / ASSUMED, float(len(factors) * (slopes**2).sum())
