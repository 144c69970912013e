"""Gradient methods, one a file; family `gradients`."""

from qml.algorithms.gradients.base import Batch, Estimate, GradientFamily, GradientMethod

__all__ = ["Batch", "Estimate", "GradientFamily", "GradientMethod"]
