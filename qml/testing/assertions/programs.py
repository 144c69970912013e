"""Whatever a test has in its hands, as a circuit with the wires that it measures.

Taken are circuits of this package, Qiskit's circuits, and PennyLane's quantum functions and QNodes;
arguments are bound first, e.g. `partial(circuit, x, weights)`.
"""

from collections.abc import Callable
from functools import partial
from inspect import Parameter, signature
from typing import Any, NamedTuple

from qml.circuits import Circuit, Gate
from qml.errors import CircuitError


class Program(NamedTuple):
    """A circuit and what is read of it.

    Attributes:
        circuit: Gates on wires from 0.
        measured: Wires whose bits are read, in the order of the bit string.
    """

    circuit: Circuit
    measured: tuple[int, ...]


def is_program(thing: Any) -> bool:
    """Whether `program` takes it."""
    return isinstance(thing, Circuit) or _is_qiskit(thing) or _is_quantum_function(thing)


def program(thing: Any) -> Program:
    """Read a program.

    Raises:
        CircuitError: It is none, or holds what no backend can run.
    """
    if isinstance(thing, Circuit):
        return Program(thing, tuple(range(thing.wires)))
    if _is_qiskit(thing):
        return _from_qiskit(thing)
    if _is_quantum_function(thing):
        return _from_pennylane(thing)
    raise CircuitError(
        f"a `{type(thing).__name__}` is no circuit",
        hint="give a qml Circuit, a Qiskit circuit, or a PennyLane quantum function without"
        " arguments, e.g. `functools.partial(circuit, x, weights)`",
    )


def parameters(function: Callable[..., Any]) -> list[str]:
    """Return the names of the arguments that a function cannot do without."""
    return [
        p.name
        for p in signature(function).parameters.values()
        if p.default is p.empty and p.kind not in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    ]


def quantum_function(thing: Any) -> Callable[[], Any] | None:
    """Return a PennyLane quantum function that is ready to be called, or None."""
    return _plain(thing) if _is_quantum_function(thing) else None


def _is_qiskit(thing: Any) -> bool:
    return any(
        t.__module__.startswith("qiskit.") and t.__name__ == "QuantumCircuit"
        for t in type(thing).__mro__
    )


def _is_quantum_function(thing: Any) -> bool:
    return callable(thing) and not isinstance(thing, type) and not parameters(_plain(thing))


def _plain(thing: Any) -> Callable[..., Any]:
    """Return the function within a QNode, with the arguments that were bound."""
    if isinstance(thing, partial):
        return partial(_plain(thing.func), *thing.args, **thing.keywords)
    inner: Callable[..., Any] = getattr(thing, "func", thing)
    return inner


def _from_qiskit(thing: Any) -> Program:
    from qml.circuits.readers.qiskit_gates import instructions

    if thing.parameters:
        names = ", ".join(p.name for p in thing.parameters)
        raise CircuitError(
            f"the circuit has unbound parameters: {names}", hint="use `assign_parameters`"
        )
    gates = [Gate(i.name, i.wires, tuple(float(p) for p in i.params)) for i in instructions(thing)]
    circuit = Circuit.of(thing.num_qubits, gates)
    read = {
        thing.find_bit(item.clbits[0]).index: thing.find_bit(item.qubits[0]).index
        for item in thing.data
        if item.operation.name == "measure"
    }
    return Program(circuit, tuple(read[c] for c in sorted(read)) or tuple(range(circuit.wires)))


def _from_pennylane(thing: Any) -> Program:
    from qml.circuits.readers.pennylane import record_circuit

    circuit, measured = record_circuit(_plain(thing))
    return Program(circuit, measured)
