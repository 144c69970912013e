"""A PennyLane function is read so that it means what PennyLane says it means."""

import jax
import jax.numpy as jnp
import numpy as np
import pennylane as qp
import pytest

from qml.circuits import Observable, ZeroProjector, pauli, trace, z
from qml.circuits.readers import read
from qml.errors import CircuitError
from qml.testing import reference

X = np.array([0.3, -0.7, 1.1])
W = np.array([[0.2, 0.5, -0.4], [1.3, 0.1, 0.9]])


def layered(inputs, weights):
    qp.AngleEmbedding(inputs, wires=range(3), rotation="Y")
    qp.StronglyEntanglingLayers(weights[None, :, :].reshape(1, 2, 3)[:, [0, 1, 0]], wires=range(3))
    return [qp.expval(qp.Z(0)), qp.expval(qp.X(1) @ qp.Y(2)), qp.expval(qp.Z(2))]


def every_kind(inputs, weights):
    qp.Hadamard(0)
    qp.Rot(inputs[0], weights[0, 0], inputs[1] * weights[0, 1], wires=1)
    qp.adjoint(qp.S)(0)
    qp.adjoint(qp.RX(weights[0, 2], wires=2))
    qp.adjoint(qp.ISWAP)(wires=(2, 0))
    qp.ctrl(qp.RY, control=2)(weights[1, 0], wires=1)
    qp.ctrl(qp.Rot(0.1, weights[1, 1], 0.2, wires=0), control=1)
    qp.MultiRZ(inputs[2], wires=(0, 2))
    qp.MultiRZ(weights[1, 2], wires=(0, 1, 2))
    qp.PauliRot(0.4, "XX", wires=(1, 2))
    qp.PauliRot(0.4, "XYZ", wires=(0, 1, 2))
    qp.QFT(wires=range(3))
    qp.QubitUnitary(qp.RX.compute_matrix(0.3) @ qp.RZ.compute_matrix(0.9), wires=1)
    qp.SX(0) ** 2
    qp.Barrier(wires=range(3))
    qp.GlobalPhase(0.3)
    qp.U2(0.3, inputs[0], wires=0)
    qp.PSWAP(0.7, wires=(0, 1))
    qp.SingleExcitation(weights[0, 0], wires=(1, 2))
    return [qp.expval(qp.Z(w)) for w in range(3)]


@pytest.mark.parametrize("function", [layered, every_kind])
def test_expectations_are_those_of_pennylane(function):
    model = read(function, features=3, weights_shape=(2, 3))
    device = qp.device("default.qubit", wires=3)
    right = qp.QNode(function, device)(X, W)
    found = reference.expectations([model.build(X, W)], model.observables)
    np.testing.assert_allclose(found[0], right, atol=1e-6)


def test_a_qnode_is_read_like_its_function():
    node = qp.QNode(layered, qp.device("default.qubit", wires=3))
    assert read(node, features=3, weights_shape=(2, 3)).observables[0] == z(0)


def test_traced_and_bound_circuits_have_the_same_gates():
    model = read(every_kind, features=3, weights_shape=(2, 3))
    template = trace(model)
    bound = model.build(np.zeros(3), np.zeros((2, 3)))
    assert [(g.name, g.wires) for g in bound.gates] == [(g.name, g.wires) for g in template.gates]


def test_derivatives_pass_through():
    model = read(every_kind, features=3, weights_shape=(2, 3))
    template = trace(model)
    jacobian = jax.jit(jax.jacobian(template.angles, argnums=1))(jnp.asarray(X), jnp.asarray(W))
    assert np.isfinite(jacobian).all()
    assert np.abs(jacobian).sum() > 0


def test_ising_gates_stay_whole():
    def circuit(inputs):
        qp.IsingZZ(inputs[0], wires=(0, 1))
        qp.PauliRot(inputs[1], "YY", wires=(0, 1))

    model = read(circuit, features=2)
    assert [g.name for g in model.build(np.ones(2), np.zeros(0)).gates] == ["rzz", "ryy"]


def test_without_a_return_z_of_every_wire_is_measured():
    def circuit(inputs):
        qp.RX(inputs[0], wires=1)
        qp.CNOT(wires=(1, 0))

    model = read(circuit, features=1)
    assert model.observables == (z(0), z(1))
    assert model.weights_shape == (0,)


def test_labels_are_numbered_in_sorted_order():
    def circuit(inputs):
        qp.RX(inputs[0], wires="b")
        qp.CNOT(wires=("b", "a"))
        return qp.expval(qp.Z("b"))

    model = read(circuit, features=1)
    gates = model.build(np.ones(1), np.zeros(0)).gates
    assert [g.wires for g in gates] == [(1,), (1, 0)]
    assert model.observables == (z(1),)


def test_observables():
    def circuit(inputs):
        qp.RX(inputs[0], wires=0)
        qp.CNOT(wires=(0, 1))
        return (
            qp.expval(0.5 * qp.X(0) @ qp.Z(1) - 2.0 * qp.Y(1)),
            qp.expval(qp.Hamiltonian([1.0, 3.0], [qp.Z(0), qp.Identity(0)])),
            qp.expval(qp.Projector([0, 0], wires=(0, 1))),
            qp.expval(qp.Hermitian(np.array([[1.0, 0.0], [0.0, -1.0]]), wires=1)),
        )

    model = read(circuit, features=1)
    first, second, third, fourth = model.observables
    assert first == Observable(((0.5, ((0, "X"), (1, "Z"))), (-2.0, ((1, "Y"),))))
    assert second == Observable(((1.0, ((0, "Z"),)), (3.0, ())))
    assert third == ZeroProjector()
    assert fourth == pauli("Z", (1,))


def test_the_order_of_the_return_counts():
    def circuit(inputs):
        qp.RX(inputs[0], wires=0)
        qp.RX(inputs[0], wires=1)
        one, two = qp.expval(qp.Z(0)), qp.expval(qp.Z(1))
        return two, one

    assert read(circuit, features=1).observables == (z(1), z(0))


def test_amplitude_embedding_binds_at_zeros_too():
    def circuit(inputs):
        qp.AmplitudeEmbedding(inputs, wires=(0, 1), normalize=True)

    model = read(circuit, features=4)
    found = reference.probabilities(model.build(np.array([0.0, 0.6, 0.0, 0.8]), np.zeros(0)))
    np.testing.assert_allclose(found, [0, 0.36, 0, 0.64], atol=1e-6)


def test_data_reuploading_finds_what_depends_on_what():
    def circuit(inputs, weights):
        for layer in range(2):
            qp.RY(weights[layer] * inputs[0], wires=0)
            qp.RX(weights[layer], wires=0)

    template = trace(read(circuit, features=1, weights_shape=(2,)))
    assert template.on_inputs == (True, False, True, False)
    assert template.on_weights == (True, True, True, True)


def measures_early(inputs):
    qp.RX(inputs[0], wires=0)
    qp.measure(0)
    qp.RX(inputs[0], wires=0)


def returns_probabilities(inputs):
    qp.RX(inputs[0], wires=0)
    return qp.probs(wires=0)


def returns_an_operator(inputs):
    qp.RX(inputs[0], wires=0)
    return qp.Z(0)


def branches(inputs):
    if inputs[0] > 0.5:
        qp.RX(inputs[0], wires=0)
    qp.RY(inputs[0], wires=0)


def uses_numpy(inputs):
    qp.RX(np.arctan(inputs)[0], wires=0)


def wants_three(inputs, weights, more):
    qp.RX(inputs[0], wires=0)


def mixes_labels(inputs):
    qp.RX(inputs[0], wires=0)
    qp.RX(inputs[0], wires="a")


def trains_the_observable(inputs):
    qp.RX(inputs[0], wires=0)
    return qp.expval(inputs[0] * qp.Z(0))


def batches(inputs):
    qp.RX(inputs, wires=0)


def indexes_past_the_end(inputs):
    qp.RX(inputs[5], wires=0)


def nothing(inputs):
    return None


@pytest.mark.parametrize(
    "function, message",
    [
        (measures_early, "measures a wire before its end"),
        (returns_probabilities, "`probability` cannot be measured"),
        (returns_an_operator, "returns a `"),
        (branches, "structure depends on the value"),
        (uses_numpy, "applies NumPy"),
        (wants_three, r"takes \(inputs, weights, more\)"),
        (mixes_labels, "cannot be sorted"),
        (trains_the_observable, "observable depends on the inputs"),
        (batches, r"parameters of shape \(3,\)"),
        (indexes_past_the_end, "IndexError"),
        (nothing, "no gates and no measurements"),
    ],
)
def test_errors_say_what_is_wrong_and_what_to_do(function, message):
    with pytest.raises(CircuitError, match=message) as caught:
        read(function, features=3, weights_shape=(2,))
    assert caught.value.hint or function is nothing


def test_the_shape_of_the_weights_is_needed():
    with pytest.raises(CircuitError, match="shape of the circuit's weights"):
        read(layered, features=3)


def test_the_wrong_shape_of_the_weights_is_told():
    with pytest.raises(CircuitError, match=r"shapes \(3,\), \(2,\)"):
        read(layered, features=3, weights_shape=(2,))
