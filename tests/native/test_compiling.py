"""Compiled circuits equal their source, and cost what they should."""

import math
import time

import ionq_core
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES, matrix
from qml.errors import CircuitError
from qml.native import compile_native, count_native
from qml.results.counts import Counts
from qml.testing.reference import probabilities

ALLOWED = {"aria": {"gpi", "gpi2", "ms"}, "forte": {"gpi", "gpi2", "zz"}}
EIGHTHS = [k * math.pi / 4 for k in range(-8, 9)]
SPECIAL = EIGHTHS + [k / 8 for k in range(-8, 9)] + [1e-9, 1e-13]
ANGLES = st.sampled_from(SPECIAL) | st.floats(-20, 20)
QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def gates(draw, wires):
    name = draw(st.sampled_from(sorted(n for n, s in GATES.items() if s.wires <= wires)))
    on = draw(st.permutations(range(wires)))[: GATES[name].wires]
    return Gate(name, tuple(on), tuple(draw(ANGLES) for _ in range(GATES[name].params)))


@st.composite
def circuits(draw, most_wires=4, most_gates=25):
    wires = draw(st.integers(1, most_wires))
    return Circuit.of(wires, draw(st.lists(gates(wires), max_size=most_gates)))


def random_circuit(wires, length, seed):
    random = np.random.default_rng(seed)
    names = sorted(n for n, s in GATES.items() if s.wires <= wires)
    found = []
    for name in random.choice(names, length):
        on = random.permutation(wires)[: GATES[name].wires].tolist()
        found.append(Gate(str(name), tuple(on), tuple(random.uniform(-7, 7, GATES[name].params))))
    return Circuit.of(wires, found)


def qft(wires, *, swaps=True):
    found = []
    for i in range(wires):
        found.append(Gate("h", (i,)))
        found += [Gate("cphase", (j, i), (math.pi / 2 ** (j - i),)) for j in range(i + 1, wires)]
    if swaps:
        found += [Gate("swap", (i, wires - 1 - i)) for i in range(wires // 2)]
    return Circuit.of(wires, found)


def barabasi_albert(nodes, seed):
    """Edges of a graph that grows by two edges a node, to nodes drawn by their degree."""
    random = np.random.default_rng(seed)
    edges, ends = [(0, 1), (0, 2)], [0, 0, 1, 2]
    for node in range(3, nodes):
        chosen = set()
        while len(chosen) < 2:
            chosen.add(ends[random.integers(len(ends))])
        edges += [(other, node) for other in chosen]
        ends += [*chosen, node, node]
    return edges


def qaoa(nodes, layers, seed=0):
    random = np.random.default_rng(seed)
    edges = barabasi_albert(nodes, seed)
    found = [Gate("h", (w,)) for w in range(nodes)]
    for _ in range(layers):
        gamma, beta = random.uniform(0, 3, 2)
        found += [Gate("rzz", edge, (gamma,)) for edge in edges]
        found += [Gate("rx", (w,), (beta,)) for w in range(nodes)]
    return Circuit.of(nodes, found)


@QUICK
@given(circuit=circuits(), gateset=st.sampled_from(["aria", "forte"]), relabel=st.booleans())
def test_equals_its_source(distance, circuit, gateset, relabel):
    native = compile_native(circuit, gateset, relabel=relabel)
    assert distance(circuit, native.exact()) <= 1e-9


@QUICK
@given(circuit=circuits(), gateset=st.sampled_from(["aria", "forte"]), relabel=st.booleans())
def test_what_is_written_is_what_is_counted_and_allowed(circuit, gateset, relabel):
    native = compile_native(circuit, gateset, relabel=relabel)
    written = native.circuit.gates
    assert {g.name for g in written} <= ALLOWED[gateset]
    assert native.one_qubit == sum(len(g.wires) == 1 for g in written)
    assert native.two_qubit == sum(len(g.wires) == 2 for g in written)
    assert count_native(circuit, gateset, relabel=relabel) == (native.one_qubit, native.two_qubit)
    for gate in written:
        phases = gate.params[:-1] if len(gate.wires) == 2 else gate.params
        assert all(0 <= phase < 1 for phase in phases)
        if len(gate.wires) == 2:
            assert (0 if gate.name == "ms" else -0.25) <= gate.params[-1] <= 0.25


@pytest.mark.parametrize("gateset", ["aria", "forte"])
@pytest.mark.parametrize("seed", range(4))
def test_special_angles_meet_every_coincidence(distance, gateset, seed):
    """Axes at poles, on equators and opposite to each other: the cases of measure zero."""
    random = np.random.default_rng(seed)
    for _ in range(80):
        wires, found = int(random.integers(3, 5)), []
        for name in random.choice(sorted(GATES), random.integers(5, 20)):
            on = random.permutation(wires)[: GATES[name].wires].tolist()
            generic, count = random.random() < 0.3, GATES[name].params
            params = random.uniform(-7, 7, count) if generic else random.choice(EIGHTHS, count)
            found.append(Gate(str(name), tuple(on), tuple(params.tolist())))
        circuit = Circuit.of(wires, found)
        native = compile_native(circuit, gateset, relabel=bool(random.integers(2)))
        assert distance(circuit, native.exact()) <= 1e-11, found


def test_aria_reads_out_what_lies_at_the_pole(distance):
    """Found by a random search: no next axis was left to choose a pulse by."""
    gates = [Gate("ch", (2, 1)), Gate("cy", (1, 2)), Gate("cry", (2, 0), (-1.5564022881733184,))]
    circuit = Circuit.of(3, gates)
    assert distance(circuit, compile_native(circuit, "aria", relabel=False).exact()) < 1e-12


@pytest.mark.parametrize("gateset", ["aria", "forte"])
@pytest.mark.parametrize("tilt", [10.0**-k for k in range(7, 15)])
def test_nearly_parallel_axes(distance, gateset, tilt):
    found = []
    for k in range(1, 5):
        found += [Gate("rzz", (0, 1), (0.7 * k,)), Gate("ry", (0,), (k * tilt,))]
        found += [Gate("rzz", (0, 2), (0.3 * k,)), Gate("rx", (1,), (tilt,))]
    circuit = Circuit.of(3, found)
    assert distance(circuit, compile_native(circuit, gateset).exact()) <= 1e-10


@pytest.mark.parametrize("gateset", ["aria", "forte"])
@pytest.mark.parametrize("seed", range(3))
def test_ten_wires(distance, gateset, seed):
    circuit = random_circuit(10, 120, seed)
    random = np.random.default_rng(seed)
    states = random.normal(size=(1024, 6)) + 1j * random.normal(size=(1024, 6))
    states /= np.linalg.norm(states, axis=0)
    exact = compile_native(circuit, gateset).exact()
    assert distance(circuit, exact, states) <= 1e-9


@pytest.mark.parametrize("wires", [1, 2, 3])
@pytest.mark.parametrize("gateset", ["aria", "forte"])
def test_rounding_does_not_pile_up(distance, wires, gateset):
    circuit = random_circuit(wires, 300, 1)
    assert distance(circuit, compile_native(circuit, gateset).exact()) <= 1e-11


@pytest.mark.parametrize("gateset", ["aria", "forte"])
@pytest.mark.parametrize("seed", range(5))
def test_counts_come_back_in_the_order_of_the_source(gateset, seed):
    circuit = random_circuit(4, 30, seed)
    native = compile_native(circuit, gateset)
    found = probabilities(native.circuit)
    tally = {f"{i:04b}": round(p * 1e12) for i, p in enumerate(found)}
    restored = native.restore(Counts(4, tally))
    assert np.allclose(restored.probabilities(), probabilities(circuit), atol=1e-9)


@pytest.mark.parametrize("gateset", ["aria", "forte"])
def test_the_vendors_matrices_agree(gateset):
    circuit = random_circuit(2, 12, 3)
    native = compile_native(circuit, gateset, relabel=False)
    published = {
        "gpi": ionq_core.gpi_matrix, "gpi2": ionq_core.gpi2_matrix,
        "ms": ionq_core.ms_matrix, "zz": ionq_core.zz_matrix,
    }  # fmt: skip
    state = np.eye(4)[0]
    for gate in native.circuit.gates:
        block = np.array(published[gate.name](*gate.params))
        if len(gate.wires) == 1:
            block = np.kron(block, np.eye(2)) if gate.wires == (0,) else np.kron(np.eye(2), block)
        elif gate.wires == (1, 0):
            swap = matrix("swap")
            block = swap @ block @ swap
        state = block @ state
    assert np.allclose(np.abs(state) ** 2, probabilities(circuit), atol=1e-12)


@pytest.mark.parametrize("angle", [*SPECIAL[:8], 0.3, -0.3, 3.0, 1e-9, 1e-13, 100.0])
def test_rzz_is_one_zz(angle):
    native = compile_native(Circuit.of(2, [Gate("rzz", (0, 1), (angle,))]), "forte")
    trivial = abs(angle / math.pi - round(angle / math.pi)) < 1e-12 and abs(angle) > 1e-9
    assert (native.one_qubit, native.two_qubit) == (0, 0 if trivial else 1)


@pytest.mark.parametrize("name", ["rxx", "ryy"])
@pytest.mark.parametrize("angle", [0.3, -0.3, 1.5])
def test_rxx_is_one_ms(name, angle):
    assert count_native(Circuit.of(2, [Gate(name, (0, 1), (angle,))]), "aria") == (0, 1)


@pytest.mark.parametrize("name", ["rz", "phase", "z", "s", "t", "sdg", "tdg", "id"])
def test_rotations_about_z_cost_nothing(name):
    gate = Gate(name, (0,), (0.3,) * GATES[name].params)
    assert compile_native(Circuit.of(1, [gate]), "forte").circuit.gates == ()


@pytest.mark.parametrize(
    ("name", "two"),
    [("cnot", 1), ("cy", 1), ("cz", 1), ("ch", 1), ("crx", 1), ("cry", 1), ("crz", 1),
     ("cphase", 1), ("swap", 3), ("iswap", 2), ("iswapdg", 2), ("ccnot", 5), ("ccz", 5),
     ("cswap", 7)],
)  # fmt: skip
@pytest.mark.parametrize("gateset", ["aria", "forte"])
def test_two_qubit_gates_of_every_entangler(name, two, gateset):
    gate = Gate(name, tuple(range(GATES[name].wires)), (0.7,) * GATES[name].params)
    circuit = Circuit.of(len(gate.wires), [gate])
    assert count_native(circuit, gateset, relabel=False)[1] == two
    spared = {"swap": 3, "iswap": 1, "iswapdg": 1}.get(name, 0)
    assert count_native(circuit, gateset)[1] == two - spared


@pytest.mark.parametrize("name", ["x", "y", "gpi"])
def test_a_flip_is_one_gpi(name):
    gate = Gate(name, (0,), (0.3,) * GATES[name].params)
    native = compile_native(Circuit.of(1, [gate]), "forte")
    assert [g.name for g in native.circuit.gates] == ["gpi"]


@QUICK
@given(circuit=circuits(most_wires=1))
def test_one_qubit_gates_fuse_to_two(circuit):
    native = compile_native(circuit, "forte")
    assert native.one_qubit <= 2
    assert all(g.name == "gpi2" for g in native.circuit.gates) or native.one_qubit == 1


def test_layers_of_rotations():
    random = np.random.default_rng(0)
    found = []
    for _ in range(2):
        for wire in (0, 1):
            found += [Gate(n, (wire,), (random.uniform(0, 6),)) for n in ("ry", "rz")]
        found.append(Gate("rzz", (0, 1), (random.uniform(0, 3),)))
    native = compile_native(Circuit.of(2, found), "forte")
    assert native.one_qubit <= 8
    assert native.two_qubit == 2


@pytest.mark.parametrize("gateset", ["aria", "forte"])
def test_qaoa_on_a_hundred_nodes_takes_its_588_edges(gateset):
    assert count_native(qaoa(100, 3), gateset)[1] == 588


@pytest.mark.parametrize("gateset", ["aria", "forte"])
def test_qft(gateset, distance):
    native = compile_native(qft(6), gateset)
    assert native.places == (5, 4, 3, 2, 1, 0)
    assert distance(qft(6), native.exact()) < 1e-12
    assert count_native(qft(10), gateset)[1] == 45


def test_no_small_angle_is_taken_for_zero():
    assert count_native(qft(45, swaps=False), "forte")[1] == 45 * 44 // 2


def test_the_ends_left_out_are_reported():
    found = [Gate("rz", (0,), (0.3,)), Gate("swap", (0, 2))]
    native = compile_native(Circuit.of(3, found), "forte")
    assert native.circuit.gates == ()
    assert native.residual == pytest.approx((0.3, 0, 0))
    assert native.places == (2, 1, 0)
    assert native.restore(Counts(3, {"100": 5, "110": 2})).tally == {"001": 5, "011": 2}


def test_unknown_gate_set():
    with pytest.raises(CircuitError, match="harmony"):
        compile_native(Circuit.of(1, []), "harmony")


def test_planning_is_quick():
    many = [random_circuit(6, 50, seed) for seed in range(30)]
    started = time.process_time()
    for circuit in many:
        count_native(circuit, "forte")
    assert time.process_time() - started < 0.5  # measured 0.04
