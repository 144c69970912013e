"""Circuits whose cost is diagonal: the energies are computed once, a layer is a phase and a mixer.

Lykov, Shaydulin, Sun, Alexeev and Pistoia, SC-W 2023, arXiv:2309.04841 (QOKit), precompute the
diagonal; here the mixer is a phase too, in a basis of its own that real rotations lead to, and the
derivative runs the layers backwards, so that its memory does not grow with their number.

States are real arrays of shape (2, d), real and imaginary parts; the first wire is the most
significant bit of an index. A layer is exp(-i gamma C), then exp(-i beta B); the start is the
eigenstate of B at its top, so that minima are approached with gamma > 0 and beta < 0.
"""

from qml.engine.diagonal.costs import bits_of, quadratic_costs
from qml.engine.diagonal.evolve import evolve, probabilities
from qml.engine.diagonal.grover import GroverMixer
from qml.engine.diagonal.mixers import Mixer
from qml.engine.diagonal.objectives import Objective, cvar, mean
from qml.engine.diagonal.pairs import PairMixer
from qml.engine.diagonal.product import ProductMixer, product_start, x_mixer
from qml.engine.diagonal.program import DiagonalProgram

__all__ = [
    "DiagonalProgram",
    "GroverMixer",
    "Mixer",
    "Objective",
    "PairMixer",
    "ProductMixer",
    "bits_of",
    "cvar",
    "evolve",
    "mean",
    "probabilities",
    "product_start",
    "quadratic_costs",
    "x_mixer",
]
