"""A circuit family with some of its gates left out."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from qml.algorithms.models import VariationalModel
from qml.circuits import Circuit, CircuitModel


def without(model: VariationalModel, dropped: Collection[int]) -> VariationalModel:
    """Return a model whose circuits lack some gates.

    Args:
        model: The whole model.
        dropped: Positions of gates in the circuits that it builds, from 0; a structure does not
            depend on inputs or weights, so a position means the same gate in all of them.
    """
    return replace(model, circuit=_fewer(model.circuit, frozenset(dropped)))


def _fewer(circuit: CircuitModel, dropped: frozenset[int]) -> CircuitModel:
    def build(inputs: Any, weights: Any) -> Circuit:
        whole = circuit.build(inputs, weights)
        kept = (gate for place, gate in enumerate(whole.gates) if place not in dropped)
        return Circuit.of(whole.wires, kept)

    return replace(circuit, build=build)
