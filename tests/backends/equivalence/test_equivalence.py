"""Sameness of circuits: right compilers, one changed angle, and what cannot be decided."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.backends.equivalence import compare, verifier
from qml.backends.equivalence.acting import acted
from qml.backends.equivalence.openqasm import qasm
from qml.backends.lower import lower
from qml.benchmarking.measurements.compile.cases import CASES
from qml.benchmarking.measurements.compile.compilers import qml as ours
from qml.circuits import Circuit, Gate
from qml.errors import ProviderError
from qml.testing.reference import state


def rings(wires, layers):
    """RY and rings of CNOTs: nothing that decision diagrams or the ZX-calculus reduce."""
    random = np.random.default_rng(0)
    gates = []
    for _ in range(layers):
        gates += [Gate("ry", (w,), (float(random.uniform(0, 3)),)) for w in range(wires)]
        gates += [Gate("cnot", (w, (w + 1) % wires)) for w in range(wires)]
    return Circuit.of(wires, gates)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["ring-8", "qcnn-8", "two-layers"]))
def test_one_changed_angle_is_seen(seed, name):
    source = CASES[name]()
    random = np.random.default_rng(seed)
    turned = [i for i, g in enumerate(source.gates) if g.params]
    at = int(random.choice(turned))
    gates = list(source.gates)
    gate = gates[at]
    gates[at] = Gate(gate.name, gate.wires, (gate.params[0] + 0.05,))
    assert compare(source, Circuit.of(source.wires, gates), 1e-6).same is False


@pytest.mark.parametrize("name", ["qcnn-8", "qft-10", "volume-8"])
def test_the_small_simulator_is_the_reference(name):
    circuit = CASES[name]()
    psi = np.zeros((2,) * circuit.wires, complex)
    psi[(0,) * circuit.wires] = 1
    np.testing.assert_allclose(acted(circuit, psi).reshape(-1), state(circuit), atol=1e-12)


def test_what_the_zero_state_hides_is_seen():
    assert compare(Circuit(2, ()), Circuit.of(2, [Gate("cz", (0, 1))]), 1e-3).same is False


@pytest.mark.parametrize("name", ["two-layers", "qft-10", "ring-8"])
def test_qasm_says_the_same_to_another_reader(name):
    from qiskit import qasm2
    from qiskit.quantum_info import Operator

    source = Circuit.of(4, [g for g in CASES[name]().gates if max(g.wires) < 4])
    for circuit in (source, ours.compiled(source)):
        extra = qasm2.LEGACY_CUSTOM_INSTRUCTIONS
        read_back = qasm2.loads(qasm(circuit), custom_instructions=extra).reverse_bits()
        found = np.asarray(Operator(read_back).data)
        columns = np.eye(16).reshape(16, 2, 2, 2, 2)
        want = np.stack([acted(circuit, column).reshape(-1) for column in columns], 1)
        overlap = np.vdot(found, want) / 16
        assert abs(overlap) == pytest.approx(1)


def test_a_wide_circuit_that_qcec_leaves_open_is_decided_by_states():
    source = rings(14, 6)
    compiled = ours.compiled(source)
    assert compare(source, compiled, 1e-9)[::2] == (True, "state vector")
    wrong = Circuit.of(14, [*compiled.gates, Gate("rz", (3,), (1e-3,))])
    assert compare(source, wrong, 1e-9).same is False


def test_beyond_the_time_for_states_qcec_proves_or_refutes():
    pytest.importorskip("mqt.qcec")
    names = ("rxx", "ryy", "rzz")
    source = Circuit.of(24, [Gate(names[i % 3], (i, i + 1), (0.3,)) for i in range(23)])
    lowered = Circuit.of(24, (part for gate in source.gates for part in lower(gate)))
    wrong = Circuit.of(24, [*source.gates, Gate("x", (3,))])
    assert compare(source, lowered, 1e-6) == (True, None, "MQT QCEC")
    assert compare(source, wrong, 1e-6).same is False


def test_what_nothing_decides_in_time_is_open(monkeypatch):
    pytest.importorskip("mqt.qcec")
    monkeypatch.setattr(verifier, "STARTING", 0.0)
    source = rings(18, 6)
    started = time.monotonic()
    assert compare(source, ours.compiled(source), 1e-9, seconds=0.02).same is None
    assert time.monotonic() - started < 10


def test_a_verifier_that_breaks_is_no_answer(monkeypatch):
    pytest.importorskip("mqt.qcec")
    monkeypatch.setattr(verifier, "_PROGRAM", "raise SystemExit('no memory')")
    with pytest.raises(ProviderError, match="MQT QCEC broke: no memory"):
        compare(rings(21, 1), rings(21, 1), 1e-9)
