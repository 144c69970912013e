"""From a traced circuit to its product-state prefix and a list of operations."""

from collections.abc import Iterator, Sequence

from qml.circuits.template import Slot, Template
from qml.engine.operations import Angle, Factor, Local, Operation, constant
from qml.engine.rules import DIAGONAL, Step, expand, phases

Prefix = tuple[tuple[Factor, ...], ...]


def lower(template: Template) -> tuple[Prefix, list[Operation]]:
    """Split a template.

    Returns:
        For each wire the one-qubit gates before anything entangles it; then all other operations in
        order of time, runs of one-qubit gates merged. Angles that depend on the inputs stand in the
        prefix and in phases only.
    """
    prefix: list[list[Factor]] = [[] for _ in range(template.wires)]
    entangled: set[int] = set()
    later: list[Operation] = []
    for gate in template.gates:
        params = tuple(_angle(p) for p in gate.params)
        if len(gate.wires) == 1 and gate.wires[0] not in entangled:
            prefix[gate.wires[0]].append(Factor(gate.name, params))
            continue
        entangled.update(gate.wires)
        later += expand(Step(gate.name, gate.wires, params), template.on_inputs)
    return tuple(map(tuple, prefix)), merge(later)


def merge(operations: Sequence[Operation]) -> list[Operation]:
    """Join one-qubit gates that follow each other on a wire; diagonal runs become phases."""
    merged: list[Operation] = []
    last: dict[int, int] = {}
    for operation in operations:
        if isinstance(operation, Local):
            place = last.get(operation.wire, -1)
            before = merged[place] if place >= 0 else None
            if isinstance(before, Local):
                merged[place] = Local(operation.wire, before.factors + operation.factors)
                continue
        last.update(dict.fromkeys(operation.wires, len(merged)))
        merged.append(operation)
    return [part for operation in merged for part in _diagonal_as_phases(operation)]


def _diagonal_as_phases(operation: Operation) -> Iterator[Operation]:
    if isinstance(operation, Local) and all(f.name in DIAGONAL for f in operation.factors):
        for factor in operation.factors:
            yield from phases(Step(factor.name, operation.wires, factor.params))
    else:
        yield operation


def _angle(param: float | Slot) -> Angle:
    return Angle(param.index, 1.0, 0.0) if isinstance(param, Slot) else constant(param)
