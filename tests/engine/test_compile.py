"""Compiled circuits against PennyLane's default.qubit, and their derivatives."""

import jax
import numpy as np
import pennylane as qp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.circuits import Circuit, CircuitModel, Gate, Observable, ZeroProjector, pauli, z
from qml.engine import expectations, states
from qml.errors import CircuitError
from tests.engine.conftest import default_qubit_state, random_gates, ring

TOLERANCE = {"float32": 1e-5, "float64": 1e-12}
FEATURES, WEIGHTS = 2, 3


def _bind(slot, inputs, weights):
    kind, i = slot
    return {"x": lambda: inputs[i], "w": lambda: weights[i], "xw": lambda: inputs[i] * weights[i]}[
        kind
    ]()


SLOTS = (*(("x", i) for i in range(FEATURES)), *(("w", i) for i in range(WEIGHTS)), ("xw", 1))


def random_model(seed, wires, count, observables=(), slots=SLOTS):
    drawn = random_gates(np.random.default_rng(seed), wires, count, slots)

    def build(inputs, weights):
        gates = (
            Gate(name, on, tuple(_bind(p, inputs, weights) for p in params))
            for name, on, params in drawn
        )
        return Circuit.of(wires, gates)

    return CircuitModel(
        wires=wires,
        features=FEATURES,
        weights_shape=(WEIGHTS,),
        build=build,
        observables=observables,
    )


def data(rows, seed=0):
    random = np.random.default_rng(seed)
    return random.normal(size=(rows, FEATURES)), random.normal(size=WEIGHTS)


def ring_model(wires, layers=2):
    return CircuitModel(
        wires=wires,
        features=wires,
        weights_shape=(layers, wires, 3),
        build=lambda x, w: ring(wires, layers, x, w),
        observables=tuple(z(i) for i in range(wires)),
    )


def ring_data(wires, rows, layers=2):
    random = np.random.default_rng(wires)
    return random.normal(size=(rows, wires)), random.normal(size=(layers, wires, 3))


@pytest.mark.parametrize("precision", ["float32", "float64"])
@given(
    seed=st.integers(0, 2**32 - 1), wires=st.integers(1, 6), count=st.integers(0, 14),
    rows=st.sampled_from([1, 3]),
)  # fmt: skip
@settings(max_examples=6, deadline=None, derandomize=True)
def test_random_circuits_equal_default_qubit(precision, seed, wires, count, rows):
    model = random_model(seed, wires, count)
    inputs, weights = data(rows)
    with jax.enable_x64(precision == "float64"):
        found = np.asarray(jax.jit(states(model, precision=precision))(inputs, weights))
    expected = [default_qubit_state(model.build(row, weights)) for row in inputs]
    assert np.abs(found - expected).max() < TOLERANCE[precision]


@pytest.mark.parametrize("wires", range(1, 11))
def test_layers_on_every_number_of_wires(double, wires):
    model = ring_model(wires)
    inputs, weights = ring_data(wires, 1)
    found = np.asarray(jax.jit(states(model, precision="float64"))(inputs, weights))[0]
    assert np.abs(found - default_qubit_state(model.build(inputs[0], weights))).max() < 1e-12


def test_observables_equal_default_qubit(double):
    strings = [("XYZ", (0, 2, 3)), ("Y", (1,)), ("YY", (0, 3)), ("YYY", (0, 1, 2)), ("ZZ", (1, 3))]
    mixed = Observable((*pauli("XX", (0, 1), 0.5).terms, *z(2).terms, (0.25, ())))
    readouts = (*(pauli(*s) for s in strings), mixed, ZeroProjector())
    model = random_model(7, 4, 14, readouts)
    inputs, weights = data(2)
    found = jax.jit(expectations(model, precision="float64"))(inputs, weights)
    for row, line in zip(inputs, np.asarray(found), strict=True):
        psi = default_qubit_state(model.build(row, weights))
        words = [
            qp.prod(*(getattr(qp, p)(i) for p, i in zip(s, w, strict=True))) for s, w in strings
        ]
        sums = 0.5 * qp.X(0) @ qp.X(1) + qp.Z(2) + 0.25 * qp.Identity(0)
        for operator, value in zip([*words, sums], line, strict=False):
            full = qp.matrix(operator, wire_order=range(4))
            assert abs(np.vdot(psi, full @ psi).real - value) < 1e-12
        assert abs(abs(psi[0]) ** 2 - line[-1]) < 1e-12


def test_diagonal_read_out_equals_general_one(double):
    diagonal = (z(0), pauli("ZZ", (1, 3)), ZeroProjector())
    inputs, weights = data(3)
    short = expectations(random_model(3, 4, 14, diagonal), precision="float64")
    long = expectations(random_model(3, 4, 14, (*diagonal, pauli("X", (0,)))), precision="float64")
    assert np.allclose(
        jax.jit(short)(inputs, weights), jax.jit(long)(inputs, weights)[:, :3], atol=1e-12
    )


def test_gradients_equal_finite_differences(double):
    model = random_model(11, 4, 14, (z(0), pauli("XY", (1, 2))))
    inputs, weights = data(2)
    function = expectations(model, precision="float64")
    loss = jax.jit(lambda x, w: (function(x, w) ** 2).sum())
    by_inputs, by_weights = jax.jit(jax.grad(loss, argnums=(0, 1)))(inputs, weights)
    step = 1e-6
    for place in np.ndindex(inputs.shape):
        shift = np.zeros_like(inputs)
        shift[place] = step
        slope = (loss(inputs + shift, weights) - loss(inputs - shift, weights)) / (2 * step)
        assert abs(slope - by_inputs[place]) < 1e-7
    for place in range(WEIGHTS):
        shift = np.eye(WEIGHTS)[place] * step
        slope = (loss(inputs, weights + shift) - loss(inputs, weights - shift)) / (2 * step)
        assert abs(slope - by_weights[place]) < 1e-7


def test_gradients_equal_default_qubit(double):
    model = ring_model(4)
    inputs, weights = ring_data(4, 2)
    function = expectations(model, precision="float64")
    found = jax.jit(jax.grad(lambda w: (function(inputs, w) ** 2).sum()))(weights)

    @qp.qnode(qp.device("default.qubit", wires=4), interface="autograd", diff_method="backprop")
    def node(x, w):
        for gate in ring(4, 2, x, w).gates:
            {"ry": qp.RY, "rz": qp.RZ, "cnot": qp.CNOT}[gate.name](*gate.params, wires=gate.wires)
        return [qp.expval(qp.Z(i)) for i in range(4)]

    def loss(w):
        return sum(value**2 for row in inputs for value in node(row, w))

    expected = qp.grad(loss)(qp.numpy.array(weights, requires_grad=True))
    assert np.allclose(found, expected, atol=1e-11)


def test_a_batch_equals_its_rows():
    model = ring_model(6)
    inputs, weights = ring_data(6, 5)
    function = jax.jit(expectations(model))
    together = function(inputs, weights)
    alone = np.concatenate([function(row[None], weights) for row in inputs])
    assert np.allclose(together, alone, atol=1e-5)


def test_repeated_runs_are_bit_identical():
    model = ring_model(8, layers=3)
    inputs, weights = ring_data(8, 32, layers=3)
    step = jax.jit(jax.value_and_grad(lambda w: expectations(model)(inputs, w).sum()))
    first, second = step(weights), step(weights)
    assert first[0] == second[0]
    assert np.array_equal(first[1], second[1])


def test_untouched_wires_no_weights_no_features():
    model = CircuitModel(
        wires=3,
        features=0,
        weights_shape=(0,),
        build=lambda x, w: Circuit.of(3, [Gate("h", (1,))]),
        observables=(z(0), z(1), z(2)),
    )
    found = jax.jit(expectations(model))(np.zeros((2, 0)), np.zeros(0))
    assert np.allclose(found, [[1, 0, 1]] * 2, atol=1e-6)


def test_float64_needs_to_be_set_up():
    with (
        jax.enable_x64(False),  # noqa: FBT003 - JAX's own signature
        pytest.raises(CircuitError, match="JAX works in 32 bits"),
    ):
        expectations(ring_model(2), precision="float64")


def test_unknown_precision():
    with pytest.raises(CircuitError, match="unknown precision"):
        expectations(ring_model(2), precision="float16")
