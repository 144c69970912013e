"""This project's engine."""

from typing import Any

import numpy as np

from qml.benchmarking.measurements.step.peers.base import Document, Peer
from qml.benchmarking.measurements.step.peers.jitted import Jitted
from qml.circuits import Circuit, CircuitModel, Gate, z

PACKAGES = ("qml-workbench", "jax")


def model(case: Document) -> CircuitModel:
    """Return the case as a model."""

    def build(x: Any, w: Any) -> Circuit:
        def angle(source: tuple[str, int] | None) -> tuple[Any, ...]:
            return () if source is None else ((x if source[0] == "x" else w)[source[1]],)

        gates = [Gate(name, tuple(on), angle(source)) for name, on, source in case["gates"]]
        return Circuit.of(case["wires"], gates)

    return CircuitModel(
        wires=case["wires"],
        features=case["wires"],
        weights_shape=(len(case["weights"]),),
        build=build,
        observables=tuple(z(i) for i in range(case["wires"])),
    )


def prepare(case: Document) -> Peer:
    """Compile the step."""
    from qml.engine import expectations

    return Jitted(expectations(model(case)), case, {"precision": "complex64"})


def exact(case: Document) -> tuple[float, list[Any]]:
    """Return loss and gradients in double precision: what every peer is held against."""
    import jax

    from qml.engine import expectations, setup

    setup(precision="float64")
    try:
        function = expectations(model(case), precision="float64")
        x, w = (np.asarray(case[k], np.float32).astype(np.float64) for k in ("inputs", "weights"))
        loss, gradients = jax.jit(
            jax.value_and_grad(
                lambda w, x: (function(x, w) ** 2).sum(),
                argnums=(0, 1) if case["inputs_too"] else (0,),
            )
        )(w, x)
        return float(loss), [np.asarray(g) for g in gradients]
    finally:
        setup(precision="float32")
