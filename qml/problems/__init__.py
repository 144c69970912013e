"""Binary quadratic problems: dimod's models, their files, and the arrays that solvers work on."""

from qml.problems.arrays import Arrays
from qml.problems.compile import Model, compile_model
from qml.problems.structure import Group

__all__ = ["Arrays", "Group", "Model", "compile_model"]
