"""Reads a Qiskit circuit with parameters. Qubit i becomes wire i."""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from qml.circuits.circuit import Circuit, Gate
from qml.circuits.model import CircuitModel
from qml.circuits.observables import z
from qml.circuits.readers.family import compiled
from qml.circuits.readers.qiskit_gates import Instruction, instructions
from qml.errors import CircuitError

INPUT_NAMES = ("x", "inputs")


def read(
    circuit: Any,
    *,
    features: int,
    weights_shape: tuple[int, ...] | None = None,
    inputs: Sequence[str] = INPUT_NAMES,
) -> CircuitModel:
    """Read a circuit.

    The elements of the `ParameterVector` of one of the names `inputs` are the inputs; all other
    parameters are weights, in the circuit's own order (by name, vectors by index). Final
    measurements and barriers are dropped; what is measured is Z of every qubit.

    Args:
        circuit: A `QuantumCircuit`.
        features: Length of one sample; the input vector must be of this length.
        weights_shape: Shape that the weights are given in; flat by default.
        inputs: Names of the input vector.

    Raises:
        CircuitError: The input vector has another length, the weights do not fit the shape, or the
            circuit holds what is no gate (named in the message).
    """
    parameters = list(circuit.parameters)
    entering = [p for p in parameters if _vector_name(p) in inputs]
    weights = [p for p in parameters if _vector_name(p) not in inputs]
    _check_features(entering, features, inputs)
    shape = _shape(len(weights), weights_shape)
    listed = list(instructions(circuit))
    evaluate = _evaluator(listed, [*entering, *weights])
    places = [p.index for p in entering]

    def build(x: Any, w: Any) -> Circuit:
        chosen = [*(x[i] for i in places), *(w.reshape(-1)[i] for i in range(len(weights)))]
        values = iter(evaluate(chosen))
        gates = tuple(Gate(i.name, i.wires, tuple(next(values) for _ in i.params)) for i in listed)
        return Circuit.of(circuit.num_qubits, gates)

    return compiled(
        CircuitModel(
            wires=circuit.num_qubits,
            features=features,
            weights_shape=shape,
            build=build,
            observables=tuple(z(w) for w in range(circuit.num_qubits)),
        )
    )


def _vector_name(parameter: Any) -> str | None:
    vector = getattr(parameter, "vector", None)
    return None if vector is None else str(vector.name)


def _check_features(entering: list[Any], features: int, inputs: Sequence[str]) -> None:
    if not entering:
        raise CircuitError(
            "the circuit has no parameters for the inputs",
            hint=f"use a ParameterVector named `{'` or `'.join(inputs)}`",
        )
    length = len(entering[0].vector)
    if length != features:
        raise CircuitError(
            f"the circuit takes {length} inputs, the data has {features} features",
            hint=f'make it `ParameterVector("{entering[0].vector.name}", {features})`',
        )


def _shape(count: int, given: tuple[int, ...] | None) -> tuple[int, ...]:
    if given is None:
        return (count,)
    if prod(given) != count:
        raise CircuitError(
            f"the circuit has {count} weights, `model.weights` is {list(given)}",
            hint="leave `model.weights` out: a Qiskit circuit tells it itself",
        )
    return tuple(given)


def _evaluator(listed: Sequence[Instruction], symbols: list[Any]) -> Callable[[list[Any]], Any]:
    """Compile all parameter expressions at once, for JAX's arrays."""
    import sympy  # comes with cirq-core

    names = [sympy.Symbol(p.name) for p in symbols]
    expressions = [_expression(p) for i in listed for p in i.params]
    function = sympy.lambdify(names, expressions, modules="jax", cse=True)
    return lambda values: function(*values)


def _expression(parameter: Any) -> Any:
    return parameter.sympify() if hasattr(parameter, "sympify") else float(parameter)
