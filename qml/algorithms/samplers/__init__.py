"""Markov chains that sample Boltzmann distributions, every family behind one protocol."""

from qml.algorithms.samplers.base import Info, Kernel, Sampler, State, Task
from qml.algorithms.samplers.chain import Draws, Limits, draw
from qml.algorithms.samplers.registry import build, read_options
from qml.algorithms.samplers.target import Target

__all__ = [
    "Draws",
    "Info",
    "Kernel",
    "Limits",
    "Sampler",
    "State",
    "Target",
    "Task",
    "build",
    "draw",
    "read_options",
]
