"""Shift rules: the derivative of an expectation by a gate's angle, from shifted circuits.

One frequency W: E' = W/2 [E(t + s) - E(t - s)], s = pi/(2W) (Mitarai et al. 2018; Schuld et al.
2019,
arXiv:1811.11184). Two frequencies 1/2 and 1 (controlled rotations): four terms with shifts pi/2
and 3 pi/2 and
weights (sqrt 2 +- 1)/(4 sqrt 2) (Anselmetti et al. 2021, arXiv:2104.05695).
"""

from math import pi, sqrt

from qml.circuits import Template
from qml.circuits.gates import spec
from qml.circuits.template import Slot
from qml.errors import PlanError

Rule = tuple[tuple[float, float], ...]
"""Pairs of a weight and a shift."""


def rule(gate: str) -> Rule:
    """Return the shift rule of a gate.

    Raises:
        PlanError: The gate's angle has no shift rule.
    """
    match spec(gate).frequencies:
        case (frequency,):
            shift = pi / (2 * frequency)
            return ((frequency / 2, shift), (-frequency / 2, -shift))
        case (0.5, 1.0):
            near, far = (sqrt(2) + 1) / (4 * sqrt(2)), (sqrt(2) - 1) / (4 * sqrt(2))
            return ((near, pi / 2), (-near, -pi / 2), (-far, 3 * pi / 2), (far, -3 * pi / 2))
        case _:
            raise PlanError(
                f"gate `{gate}` has no parameter-shift rule",
                hint="train.gradient = 'spsa' works with every gate",
            )


def rules(template: Template, wanted: tuple[bool, ...]) -> dict[int, Rule]:
    """Return the rule of each wanted slot, by its index.

    Args:
        template: The circuit family.
        wanted: For each slot, whether its derivative is needed.
    """
    return {
        p.index: rule(gate.name)
        for gate in template.gates
        for p in gate.params
        if isinstance(p, Slot) and wanted[p.index]
    }
