"""Symmetrisation as IonQ sells it: variants of a circuit on other ions, averaged by the vendor.

Maksymov et al., "Enhancing quantum computer performance via symmetrization", 2023,
arXiv:2301.07233. Averages are what is asked for here; voting and sharpening are not linear, and
biased for expectation values. Nothing is changed in a circuit here: the switch is
`backend.ionq.debiasing` or `backend.azure.debiasing`, which `mitigation.method = "debiasing"` turns
on. Errors that are the same on every ion, as those of `[backend.noise]`, are not lessened by it:
how much it helps cannot be told before.
"""

from qml.config.sections import MitigationSection
from qml.mitigation.base import Noise, Plain
from qml.mitigation.tally import Weights

FEWEST_SHOTS = 500
"""IonQ's debiasing takes so many shots at least."""


def make(section: MitigationSection, noise: Noise | None, weights: Weights | None) -> Plain:
    """Build the method: the circuit itself, as the vendor runs it."""
    del section, noise
    return Plain(weights)
