"""Schedules keep the order of everything that shares a wire."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.engine.lower import merge
from qml.engine.operations import Angle, Factor, Flip, Local, Phase, constant
from qml.engine.schedule import schedule

WIRES = 5


def _random_operations(seed, count):
    random = np.random.default_rng(seed)
    found = []
    for i in range(count):
        a, b = (int(w) for w in random.permutation(WIRES)[:2])
        found.append(
            [
                Local(a, (Factor("ry", (constant(float(i)),)),)),
                Flip(a, b),
                Phase((a, b), constant(float(i)), batched=False),
                Phase((a,), Angle(0, 1.0, float(i)), batched=True),
            ][random.integers(4)]
        )
    return merge(found)


def _flatten(plan):
    for stage in plan.stages:
        yield from stage.before
        for level in stage.block.levels:
            yield from (Local(wire, factors) for wire, factors in level.locals.items())
            yield from level.after
    yield from plan.tail


def _by_wire(operations):
    return {w: [o for o in operations if w in o.wires] for w in range(WIRES)}


@given(seed=st.integers(0, 10**6), count=st.integers(0, 40), width=st.integers(1, 5))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_order_is_kept_on_every_wire(seed, count, width):
    operations = _random_operations(seed, count)
    plan = schedule(operations, WIRES, width)
    assert _by_wire(list(_flatten(plan))) == _by_wire(operations)
    for stage in plan.stages:
        assert len(stage.block.wires) <= width
        inside = [o for level in stage.block.levels for o in level.after]
        assert not any(isinstance(o, Phase) and o.batched for o in inside)


def test_a_layer_of_rotations_takes_few_blocks():
    layer = [Local(w, (Factor("h", ()),)) for w in range(8)]
    assert len(schedule(layer, 8, 4).stages) == 2


def test_cnots_and_phases_alone_take_no_block():
    plan = schedule([Flip(0, 1), Phase((1, 2), constant(0.3), batched=False)], 3, 4)
    assert not plan.stages
    assert len(plan.tail) == 2
