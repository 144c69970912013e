"""Generative models of bit strings, one kind a file; family `generators`."""

from qml.algorithms.generators.base import Generator, GeneratorFamily, Look, Parities

__all__ = ["Generator", "GeneratorFamily", "Look", "Parities"]
