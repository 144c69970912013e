"""Circuit diagrams: every gate, no two on one place, long ones cut."""

from itertools import pairwise

import jax.numpy as jnp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.circuits import CircuitModel, Gate, trace
from qml.circuits.circuit import Circuit
from qml.circuits.gates import GATES
from qml.circuits.observables import ZeroProjector
from qml.report.svg.circuit import circuit_svg, hidden
from qml.report.svg.columns import columns
from qml.report.svg.drawing import template_drawing
from tests.report.markup_checks import read


@pytest.mark.parametrize("name", sorted(GATES))
def test_every_gate_of_the_gate_set_is_drawn(name):
    spec = GATES[name]
    gate = {"name": name, "wires": list(range(spec.wires))[::-1], "params": ["0.1"] * spec.params}
    drawn = circuit_svg(3, [gate])
    reader = read(drawn)
    assert reader.seen.count("g") == 1
    assert name in drawn


def test_controls_are_dots_and_targets_are_not():
    drawn = circuit_svg(3, [{"name": "ccnot", "wires": [0, 2, 1], "params": []}])
    assert drawn.count('class="control"') == 2
    assert drawn.count('class="plus"') == 1
    drawn = circuit_svg(2, [{"name": "cz", "wires": [0, 1], "params": []}])
    assert drawn.count('class="control"') == 2


_gates = st.lists(
    st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), max_size=40
).map(lambda found: [{"name": "g", "wires": wires, "params": []} for wires in found])


@given(_gates)
def test_columns_keep_the_order_and_never_overlap(gates):
    placed = columns(6, gates)
    assert sum(map(len, placed)) == len(gates)
    for column in placed:
        spans = sorted((min(g["wires"]), max(g["wires"])) for g in column)
        assert all(a[1] < b[0] for a, b in pairwise(spans))
    for wire in range(6):
        order = [id(g) for column in placed for g in column if wire in g["wires"]]
        assert order == [id(g) for g in gates if wire in g["wires"]]


def test_long_circuits_are_cut_and_say_so():
    gates = [{"name": "rx", "wires": [0], "params": ["0.1"]}] * 60
    assert circuit_svg(1, gates, most=48).count("<g ") == 48
    assert hidden(1, gates, most=48) == (12, 12)
    assert hidden(1, gates[:48], most=48) == (0, 0)


def test_template_says_what_angles_depend_on():
    def build(x, w):
        return Circuit(
            2,
            (
                Gate("ry", (0,), (x[0],)),
                Gate("rz", (1,), (w[0],)),
                Gate("rx", (0,), (x[1] * w[1],)),
                Gate("ry", (1,), (jnp.pi / 4,)),
                Gate("cnot", (0, 1)),
            ),
        )

    found = template_drawing(
        trace(
            CircuitModel(
                wires=2, features=2, weights_shape=(2,), build=build, observables=(ZeroProjector(),)
            )
        )
    )
    theta = "\N{GREEK SMALL LETTER THETA}"
    assert found["wires"] == 2
    assert [g["role"] for g in found["gates"]] == ["input", "weight", "both", "fixed", "fixed"]
    assert [g["params"] for g in found["gates"]] == [["x0"], [f"{theta}0"], ["x1"], ["0.785"], []]
    read(circuit_svg(**found))
