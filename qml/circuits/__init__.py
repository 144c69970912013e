"""The circuit representation that every layer speaks, and its readers."""

from qml.circuits.circuit import Circuit, Gate
from qml.circuits.evaluator import DifferentiableCircuit, Evaluator, OverlapFunction
from qml.circuits.model import CircuitModel
from qml.circuits.observables import Observable, ZeroProjector, pauli, z
from qml.circuits.resources import Resources, resources
from qml.circuits.template import Template, trace
from qml.circuits.work import Work

__all__ = [
    "Circuit",
    "CircuitModel",
    "DifferentiableCircuit",
    "Evaluator",
    "Gate",
    "Observable",
    "OverlapFunction",
    "Resources",
    "Template",
    "Work",
    "ZeroProjector",
    "pauli",
    "resources",
    "trace",
    "z",
]
