"""Order operations into dense blocks and the passes between them.

A block is a unitary on a few wires, applied as one matrix product. Before each block one pass over
the state carries out all CNOTs and phases that are due, and brings the block's wires together.
"""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from qml.engine.operations import Factor, Flip, Local, Operation, Phase


class Level(NamedTuple):
    """One-qubit gates on distinct wires of a block, then CNOTs and phases inside the block."""

    locals: dict[int, tuple[Factor, ...]]
    after: list[Flip | Phase]


class Block(NamedTuple):
    """A dense unitary on `wires`, the first one most significant: its levels in order of time."""

    wires: tuple[int, ...]
    levels: tuple[Level, ...]


class Stage(NamedTuple):
    """A pass over the state, then a block."""

    before: tuple[Flip | Phase, ...]
    block: Block


class Schedule(NamedTuple):
    """Stages, then the CNOTs and phases after the last block."""

    stages: tuple[Stage, ...]
    tail: tuple[Flip | Phase, ...]


def schedule(operations: Sequence[Operation], wires: int, width: int) -> Schedule:
    """Find few blocks of at most `width` wires.

    Two strategies are tried: `layered` blocks hold one layer of one-qubit gates (best for circuits
    that are built in layers), `greedy` blocks swallow all that happens on their wires (best for
    arbitrary lists of gates). A greedy block has a matrix that costs more to build.
    """
    width = min(width, wires)
    layered = _schedule(operations, wires, width, greedy=False)
    greedy = _schedule(operations, wires, width, greedy=True)
    return greedy if _cost(greedy) < _cost(layered) else layered


def _cost(found: Schedule) -> float:
    extra_level = 0.1
    return sum(1 + extra_level * (len(stage.block.levels) - 1) for stage in found.stages)


def _schedule(operations: Sequence[Operation], wires: int, width: int, *, greedy: bool) -> Schedule:
    stages: list[Stage] = []
    before, pending = take_ready(operations)
    while pending:
        for chosen in _choices(pending, wires, width, greedy=greedy):
            taken, pending = take_within(pending, set(chosen), layers=None if greedy else 1)
            stages.append(Stage(tuple(before), Block(chosen, _levels(taken))))
            before, pending = take_ready(pending) if greedy else ([], pending)
        if not greedy:
            before, pending = take_ready(pending)
    return Schedule(tuple(stages), tuple(before))


def take_ready(
    operations: Sequence[Operation],
) -> tuple[list[Flip | Phase], list[Operation]]:
    """Split off the CNOTs and phases that no one-qubit gate precedes on their wires."""
    taken: list[Flip | Phase] = []
    left: list[Operation] = []
    blocked: set[int] = set()
    for operation in operations:
        if isinstance(operation, Local) or blocked.intersection(operation.wires):
            blocked.update(operation.wires)
            left.append(operation)
        else:
            taken.append(operation)
    return taken, left


def take_within(
    operations: Sequence[Operation], chosen: set[int], *, layers: int | None = None
) -> tuple[list[Operation], list[Operation]]:
    """Split off what can be done now on the chosen wires alone.

    Args:
        operations: In order of time.
        chosen: Wires of a block.
        layers: 1 to take only the first one-qubit gate of each wire, None for all.
    """
    taken: list[Operation] = []
    left: list[Operation] = []
    blocked: set[int] = set()
    for place, operation in enumerate(operations):
        if chosen <= blocked:
            left += operations[place:]
            break
        on = set(operation.wires)
        batched = isinstance(operation, Phase) and operation.batched
        if on <= chosen and not on & blocked and not batched:
            taken.append(operation)
            if layers == 1:
                blocked |= on
        else:
            blocked |= on
            left.append(operation)
    return taken, left


def _choices(
    pending: Sequence[Operation], wires: int, width: int, *, greedy: bool
) -> list[tuple[int, ...]]:
    if greedy:
        return [_grow(pending, wires, width)]
    blocked: set[int] = set()
    ready: list[int] = []
    for operation in pending:
        if isinstance(operation, Local) and operation.wire not in blocked:
            ready.append(operation.wire)
        blocked.update(operation.wires)
    return _even(sorted(ready), width)


def _even(wires: list[int], width: int) -> list[tuple[int, ...]]:
    """Cut wires into as few groups as `width` allows, of sizes that differ by one at most."""
    groups = -(-len(wires) // width)
    cuts = [len(wires) * i // groups for i in range(groups + 1)]
    return [tuple(wires[a:b]) for a, b in pairwise(cuts)]


def _grow(pending: Sequence[Operation], wires: int, width: int) -> tuple[int, ...]:
    """Add the wire that lets the block swallow most, until the block is full."""
    chosen: tuple[int, ...] = ()
    for _ in range(width):
        rest = [wire for wire in range(wires) if wire not in chosen]
        chosen = (*chosen, max(rest, key=lambda w: _gain(pending, {*chosen, w})))
    return tuple(sorted(chosen))


def _gain(pending: Sequence[Operation], chosen: set[int]) -> tuple[int, int]:
    taken, _ = take_within(pending, chosen)
    return sum(isinstance(operation, Local) for operation in taken), len(taken)


def _levels(operations: Sequence[Operation]) -> tuple[Level, ...]:
    """Sort the operations of a block into levels."""
    levels: list[Level] = []
    due = dict.fromkeys(chain.from_iterable(o.wires for o in operations), 0)
    settled = dict(due)
    for operation in operations:
        one = isinstance(operation, Local)
        level = max((due if one else settled)[w] for w in operation.wires)
        while len(levels) <= level:
            levels.append(Level({}, []))
        if isinstance(operation, Local):
            levels[level].locals[operation.wire] = operation.factors
        else:
            levels[level].after.append(operation)
        for wire in operation.wires:
            settled[wire] = level
            due[wire] = level + 1
    return tuple(levels)
