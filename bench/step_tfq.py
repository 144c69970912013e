"""TensorFlow Quantum as a peer, in a process of its own virtual environment.

Run by `step.py` as a client, and by the other interpreter as a worker: one JSON document in, its
gradient out, then one number of steps a line in, milliseconds a step out.
"""

import json
import subprocess
import sys
import time
from typing import Any

import numpy as np


class TfqWorker:
    """A running worker.

    Args:
        python: Interpreter that has TensorFlow Quantum.
        case: What to measure (`step_circuits.Case`).
    """

    def __init__(self, python: str, case: Any) -> None:
        self._process = subprocess.Popen(
            [python, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._send(
            {
                "wires": case.wires,
                "gates": case.gates,
                "inputs": case.inputs.tolist(),
                "weights": case.weights.tolist(),
            }
        )
        reply = self._receive()
        self.gradient = np.array(reply["gradient"])
        self.compile_seconds: float = reply["seconds"]

    def run(self, steps: int) -> float:
        """Milliseconds of a step."""
        self._send(steps)
        return float(self._receive())

    def close(self) -> None:
        """Let the worker end."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _send(self, value: Any) -> None:
        assert self._process.stdin
        print(json.dumps(value), file=self._process.stdin, flush=True)

    def _receive(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the TensorFlow Quantum worker ended; run it by hand to see why")
        return json.loads(line)


def _circuit(case: dict[str, Any], symbols: dict[str, Any]) -> Any:
    import cirq

    qubits = cirq.GridQubit.rect(1, case["wires"])
    kinds = {"rx": cirq.rx, "ry": cirq.ry, "rz": cirq.rz}
    circuit = cirq.Circuit()
    for name, wires, source in case["gates"]:
        on = [qubits[w] for w in wires]
        gate = cirq.CNOT if source is None else kinds[name](symbols[f"{source[0]}{source[1]}"])
        circuit.append(gate(*on))
    return circuit, [cirq.Z(q) for q in qubits]


def serve() -> None:
    """Answer one client."""
    import sympy
    import tensorflow as tf
    import tensorflow_quantum as tfq

    case = json.loads(sys.stdin.readline())
    inputs, weights = (np.array(case[k], np.float32) for k in ("inputs", "weights"))
    names = [f"x{i}" for i in range(inputs.shape[1])] + [f"w{i}" for i in range(len(weights))]
    circuit, paulis = _circuit(case, {name: sympy.Symbol(name) for name in names})
    batch = len(inputs)
    circuits = tf.tile(tfq.convert_to_tensor([circuit]), [batch])
    operators = tf.tile(tfq.convert_to_tensor([paulis]), [batch, 1])
    operation = tfq.differentiators.Adjoint().generate_differentiable_op(
        analytic_op=tfq.get_expectation_op()
    )
    x, w, symbols = tf.constant(inputs), tf.constant(weights), tf.constant(names)

    def step() -> Any:
        with tf.GradientTape() as tape:
            tape.watch([x, w])
            values = tf.concat([x, tf.tile(w[None], [batch, 1])], axis=1)
            loss = tf.reduce_sum(operation(circuits, symbols, values, operators) ** 2)
        return tape.gradient(loss, [x, w])

    start = time.perf_counter()
    gradient = np.concatenate([g.numpy().ravel() for g in step()])
    _reply({"gradient": gradient.tolist(), "seconds": time.perf_counter() - start})
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            step()
        _reply((time.perf_counter() - start) * 1e3 / int(line))


def _reply(value: Any) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    serve()
