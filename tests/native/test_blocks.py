"""Long runs on one pair become short ones."""

import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.native import compile_native, count_native


def run(names, seed, *, turns=True):
    random = np.random.default_rng(seed)
    found = []
    for name in names:
        found.append(Gate(name[:-2], (int(name[-2]), int(name[-1]))))
        if turns:
            found += [Gate("u3", (w,), tuple(random.uniform(0, 6, 3))) for w in (0, 1)]
    return Circuit.of(2, found)


@pytest.mark.parametrize("gateset", ["aria", "forte"])
@pytest.mark.parametrize("length", [3, 4, 7, 20])
def test_two_wires_never_need_more_than_three(length, gateset, distance):
    circuit = run(["cnot01"] * length, length)
    native = compile_native(circuit, gateset)
    assert native.two_qubit == 3
    assert distance(circuit, native.exact()) < 1e-11


@pytest.mark.parametrize(
    ("names", "plain", "relabelled"),
    [
        (["cnot01", "cnot10", "cnot01"], 3, 0),
        (["cnot01", "cnot10"], 2, 1),
        (["iswap01", "cz01"], 3, 0),
        (["swap01", "cnot01"], 2, 1),
        (["iswap01", "iswap01"], 0, 0),
        (["cnot01", "cnot10"] * 3, 0, 0),
        (["cnot01", "cy10", "ch01", "cnot01"], 2, 1),
    ],
)
def test_named_gates(names, plain, relabelled, distance):
    circuit = run(names, 0, turns=False)
    for relabel, count in ((False, plain), (True, relabelled)):
        native = compile_native(circuit, "forte", relabel=relabel)
        assert distance(circuit, native.exact()) < 1e-12
        assert native.two_qubit == count


def test_two_that_do_not_merge_stay_as_they_are():
    assert count_native(run(["cnot01", "cnot01"], 5), "forte")[1] == 2
