"""TensorFlow Quantum with its adjoint differentiator."""

from typing import Any

import cirq
import numpy as np
import sympy
import tensorflow as tf
import tensorflow_quantum as tfq

from qml.benchmarking.measurements.step.peers.base import Descent, Document, Peer

PACKAGES = ("tensorflow-quantum", "tensorflow", "tensorflow-cpu")


def _circuit(case: Document, symbols: dict[str, Any]) -> tuple[Any, list[Any]]:
    qubits = cirq.GridQubit.rect(1, case["wires"])
    kinds = {"rx": cirq.rx, "ry": cirq.ry, "rz": cirq.rz}
    circuit = cirq.Circuit()
    for name, wires, source in case["gates"]:
        gate = cirq.CNOT if source is None else kinds[name](symbols[f"{source[0]}{source[1]}"])
        circuit.append(gate(*[qubits[w] for w in wires]))
    return circuit, [cirq.Z(q) for q in qubits]


def prepare(case: Document) -> Peer:
    """Build the operation; the step is a `tf.function`."""
    batch, count = len(case["inputs"]), len(case["weights"])
    names = [f"x{i}" for i in range(case["wires"])] + [f"w{i}" for i in range(count)]
    circuit, paulis = _circuit(case, {name: sympy.Symbol(name) for name in names})
    circuits = tf.tile(tfq.convert_to_tensor([circuit]), [batch])
    operators = tf.tile(tfq.convert_to_tensor([paulis]), [batch, 1])
    operation = tfq.differentiators.Adjoint().generate_differentiable_op(
        analytic_op=tfq.get_expectation_op()
    )
    x, symbols = tf.constant(np.asarray(case["inputs"], np.float32)), tf.constant(names)

    @tf.function  # type: ignore[untyped-decorator]
    def value_and_gradient(w: Any) -> tuple[Any, Any]:
        of = [w, x] if case["inputs_too"] else [w]
        with tf.GradientTape() as tape:
            tape.watch(of)
            values = tf.concat([x, tf.tile(w[None], [batch, 1])], axis=1)
            loss = tf.reduce_sum(operation(circuits, symbols, values, operators) ** 2)
        return loss, tape.gradient(loss, of)

    weights = tf.constant(np.asarray(case["weights"], np.float32))
    facts = {"method": "adjoint, tf.function", "precision": "complex64"}
    return Descent(value_and_gradient, weights, facts)
