"""A Qiskit circuit is read so that it means what Qiskit says it means."""

import numpy as np
import pytest
from qiskit import QuantumCircuit
from qiskit.circuit import Parameter, ParameterVector
from qiskit.circuit.library import QFTGate, UnitaryGate
from qiskit.quantum_info import SparsePauliOp, Statevector

from qml.circuits import trace, z
from qml.circuits.readers import read
from qml.circuits.readers.qiskit import read as read_qiskit
from qml.errors import CircuitError
from qml.testing import reference

X = np.array([0.3, -0.7])
W = np.array([0.2, 0.5, -0.4])


def every_kind():
    x, w, a = ParameterVector("x", 2), ParameterVector("w", 2), Parameter("a")
    circuit = QuantumCircuit(3, 3)
    circuit.h(0)
    circuit.ry(2 * x[0] * w[1] + a.sin(), 1)
    circuit.rx(x[1] ** 2 - 1, 2)
    circuit.cu(0.1, w[0], 0.3, 0.2, 0, 2)
    circuit.cx(2, 0, ctrl_state=0)
    circuit.barrier()
    circuit.rzz(x[0] / 2, 0, 2)
    circuit.iswap(0, 1)
    circuit.append(UnitaryGate(np.kron([[0, 1], [1, 0]], [[1, 0], [0, 1j]])), [2, 1])
    circuit.append(QFTGate(3), [2, 0, 1])
    circuit.crx(a, 1, 0)
    circuit.u(x[0], a, 0.3, 2)
    circuit.rccx(0, 1, 2)
    circuit.measure(range(3), range(3))
    return circuit


def bound(circuit):
    values = {"x": X, "w": W[1:]}
    return circuit.remove_final_measurements(inplace=False).assign_parameters(
        {
            p: values[p.vector.name][p.index] if hasattr(p, "vector") else W[0]
            for p in circuit.parameters
        }
    )


def test_expectations_are_those_of_qiskit():
    circuit = every_kind()
    model = read(circuit, features=2)
    state = Statevector(bound(circuit))
    right = [
        state.expectation_value(SparsePauliOp.from_sparse_list([("Z", [q], 1)], 3)).real
        for q in range(3)
    ]
    found = reference.expectations([model.build(X, W)], model.observables)
    np.testing.assert_allclose(found[0], right, atol=1e-6)
    assert model.observables == (z(0), z(1), z(2))
    assert model.weights_shape == (3,)


def test_expressions_are_traced():
    template = trace(read(every_kind(), features=2))
    assert any(i and w for i, w in zip(template.on_inputs, template.on_weights, strict=True)), (
        "2*x[0]*w[1] depends on both"
    )


def test_weights_take_the_shape_that_is_asked_for():
    model = read(every_kind(), features=2, weights_shape=(3, 1))
    flat = read(every_kind(), features=2)
    assert model.build(X, W.reshape(3, 1)) == flat.build(X, W)


def test_the_input_vector_may_have_another_name():
    x, w = ParameterVector("pixels", 1), ParameterVector("x", 2)
    circuit = QuantumCircuit(1)
    circuit.rx(x[0] * w[1] + w[0], 0)
    model = read_qiskit(circuit, features=1, inputs=("pixels",))
    assert model.weights_shape == (2,)


def unknown_instruction():
    circuit = QuantumCircuit(1)
    circuit.rx(ParameterVector("x", 2)[0], 0)
    circuit.reset(0)
    return circuit


def measured_early():
    circuit = QuantumCircuit(1, 1)
    circuit.measure(0, 0)
    circuit.rx(ParameterVector("x", 2)[0], 0)
    return circuit


def too_few_inputs():
    circuit = QuantumCircuit(1)
    circuit.rx(ParameterVector("x", 1)[0], 0)
    return circuit


def no_inputs():
    circuit = QuantumCircuit(1)
    circuit.rx(Parameter("a"), 0)
    return circuit


@pytest.mark.parametrize(
    "make, message",
    [
        (unknown_instruction, "`reset` is no gate"),
        (measured_early, "qubit 0 is measured before the `rx`"),
        (too_few_inputs, "takes 1 inputs, the data has 2"),
        (no_inputs, "no parameters for the inputs"),
    ],
)
def test_errors_say_what_is_wrong_and_what_to_do(make, message):
    with pytest.raises(CircuitError, match=message) as caught:
        read(make(), features=2)
    assert caught.value.hint


def test_weights_of_another_shape_are_refused():
    with pytest.raises(CircuitError, match="has 3 weights"):
        read(every_kind(), features=2, weights_shape=(2, 2))
