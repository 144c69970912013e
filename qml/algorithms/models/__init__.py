"""Models, one kind a file; family `models`."""

from qml.algorithms.models.base import KernelModel, Model, Params, Shape, VariationalModel

__all__ = ["KernelModel", "Model", "Params", "Shape", "VariationalModel"]
