"""Reads a PennyLane quantum function `circuit(inputs, weights)`."""

import inspect
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
import pennylane as qp

from qml.circuits.circuit import Circuit, Gate
from qml.circuits.model import CircuitModel
from qml.circuits.observables import Observable, ZeroProjector, z
from qml.circuits.readers.family import compiled
from qml.circuits.readers.pennylane_gates import gates
from qml.circuits.readers.pennylane_observables import observable
from qml.errors import CircuitError, QmlError

_WITH_WEIGHTS = 2


def read(
    function: Any, *, features: int, weights_shape: tuple[int, ...] | None = None
) -> CircuitModel:
    """Read a quantum function or QNode.

    Wires are numbered in the sorted order of their labels. Returned `qp.expval`s are the
    observables, in the order of the return; where nothing is returned, Z of every wire.

    Args:
        function: `circuit(inputs, weights)`, or `circuit(inputs)` where nothing is trained.
        features: Length of `inputs`.
        weights_shape: Shape of `weights`.

    Raises:
        CircuitError: The signature is another one, the function fails on arrays of these shapes,
            or it uses what a backend cannot run (named in the message).
    """
    quantum = function.func if isinstance(function, qp.QNode) else function
    shape = _weights_shape(quantum, weights_shape)
    takes_weights = _arguments(quantum) == _WITH_WEIGHTS

    def record(inputs: Any, weights: Any) -> "_Record":
        return _record(quantum, (inputs, weights) if takes_weights else (inputs,))

    first, second = (record(*_sample(seed, features, shape)) for seed in (0, 1))
    labels = _sorted_labels(first)
    if first.observables(labels) != second.observables(labels):
        raise CircuitError(
            "an observable depends on the inputs or weights",
            hint="inputs and weights may enter as angles of gates only",
        )
    model = CircuitModel(
        wires=len(labels),
        features=features,
        weights_shape=shape,
        build=lambda inputs, weights: record(inputs, weights).circuit(labels),
        observables=first.observables(labels),
    )
    model.build(*_sample(0, features, shape))
    return compiled(model)


def record_circuit(function: Callable[[], Any]) -> tuple[Circuit, tuple[int, ...]]:
    """Read a quantum function without arguments.

    Returns:
        The circuit, and the wires whose bits it returns: those of one `qp.probs`, `qp.counts` or
        `qp.sample` in their order, else all.

    Raises:
        CircuitError: It uses what a backend cannot run (named in the message).
    """
    record = _record(function, ())
    labels = _sorted_labels(record)
    wires = record.measurements[0].wires if len(record.measurements) == 1 else ()
    bits = len(record.measurements) == 1 and record.measurements[0].obs is None
    measured = tuple(labels[w] for w in wires) if bits else ()
    return record.circuit(labels), measured or tuple(range(len(labels)))


def record_observables(function: Callable[[], Any]) -> tuple[Observable | ZeroProjector, ...]:
    """Return the observables whose expectations a quantum function without arguments returns.

    Raises:
        CircuitError: It returns something else, or its wires cannot be numbered.
    """
    record = _record(function, ())
    return record.observables(_sorted_labels(record)) if record.measurements else ()


@dataclass(frozen=True, slots=True)
class _Record:
    """What one call of the function queued and returned."""

    operations: Sequence[Any]
    measurements: Sequence[Any]

    @property
    def labels(self) -> set[Any]:
        """Labels of all wires."""
        return {w for part in (*self.operations, *self.measurements) for w in part.wires}

    def circuit(self, labels: dict[Any, int]) -> Circuit:
        """Translate the operations."""
        found: list[Gate] = []
        with _quiet():
            for operation in self.operations:
                found.extend(gates(operation, labels))
        return Circuit.of(len(labels), found)

    def observables(self, labels: dict[Any, int]) -> tuple[Observable | ZeroProjector, ...]:
        """Translate the measurements; Z of every wire where there are none."""
        if not self.measurements:
            return tuple(z(w) for w in range(len(labels)))
        return tuple(observable(m, labels) for m in self.measurements)


def _record(function: Callable[..., Any], arguments: tuple[Any, ...]) -> _Record:
    with qp.queuing.AnnotatedQueue() as queue:
        returned = _call(function, arguments)
    script = qp.tape.QuantumScript.from_queue(queue)
    return _Record(script.operations, _returned(returned, script.measurements))


def _call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        with _quiet():
            return function(*arguments)
    except (QmlError, jax.errors.ConcretizationTypeError):
        raise  # `qml.circuits.template` tells what the second one means
    except jax.errors.TracerArrayConversionError as error:
        raise CircuitError(
            "the circuit function applies NumPy to its inputs or weights, which JAX cannot trace",
            hint="use `jax.numpy` or `qp.math` on them",
        ) from error
    except Exception as error:
        shapes = ", ".join(str(np.shape(a)) for a in arguments)
        raise CircuitError(
            f"the circuit function failed on arguments of shapes {shapes}: "
            f"{type(error).__name__}: {error}",
            hint="`inputs` is one sample (features,), `weights` has the shape of `model.weights`",
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """PennyLane 0.45 makes JAX warn of what its users cannot mend: an old call, a wide dtype."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="jax.core.is_concrete is deprecated")
        warnings.filterwarnings("ignore", message="Explicitly requested dtype")
        yield


def _returned(returned: Any, queued: Sequence[Any]) -> Sequence[Any]:
    """Measurements in the order of the return; a function may return none at all."""
    if returned is None:
        return queued
    found = list(returned) if isinstance(returned, list | tuple) else [returned]
    for part in found:
        if not isinstance(part, qp.measurements.MeasurementProcess):
            raise CircuitError(
                f"the circuit function returns a `{type(part).__name__}`",
                hint="return `qp.expval(...)`, a list of them, or nothing (Z of every wire)",
            )
    return found


def _arguments(function: Any) -> int:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return _WITH_WEIGHTS
    needed = [p for p in parameters if p.default is p.empty and p.kind not in (2, 4)]
    if any(p.kind is p.KEYWORD_ONLY for p in needed) or not 1 <= len(needed) <= _WITH_WEIGHTS:
        raise CircuitError(
            f"the circuit function takes ({', '.join(p.name for p in needed)})",
            hint="it must be `circuit(inputs, weights)`, or `circuit(inputs)` without weights",
        )
    return len(needed)


def _weights_shape(function: Any, given: tuple[int, ...] | None) -> tuple[int, ...]:
    if _arguments(function) == 1:
        return (0,)
    if given is None:
        raise CircuitError(
            "the shape of the circuit's weights is not known",
            hint="set `model.weights`, e.g. `weights = [2, 4]`",
        )
    return tuple(given)


def _sample(seed: int, features: int, shape: tuple[int, ...]) -> tuple[Any, Any]:
    random = np.random.default_rng(seed)
    return random.uniform(0.1, 1.0, features), random.uniform(0.1, 1.0, shape)


def _sorted_labels(record: _Record) -> dict[Any, int]:
    try:
        ordered = sorted(record.labels)
    except TypeError:
        raise CircuitError(
            "the wires' labels cannot be sorted, since they are of unlike types",
            hint="use numbers only, or strings only",
        ) from None
    if not ordered:
        raise CircuitError("the circuit function has no gates and no measurements")
    return {label: place for place, label in enumerate(ordered)}
