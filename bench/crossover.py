"""Where `backend.name = "auto"` should leave the engine for Lightning: one training step at a time.

    python bench/crossover.py [--wires 8,12,16,18,20,22]

Value and gradient of a ring ansatz (4 layers), batch 4, medians of interleaved rounds.
"""

import argparse
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from qml.engine import setup

setup()

import jax  # noqa: E402 - the engine sets it up first

from qml.algorithms.models import Shape  # noqa: E402
from qml.backends.registry import open_backend  # noqa: E402
from qml.config.sections import BackendSection, ModelSection  # noqa: E402
from qml.plugins import load  # noqa: E402

ROWS = 4


def step(name: str, wires: int) -> Any:
    """Return a compiled training step on a backend."""
    model = load("models", "variational")(
        ModelSection(qubits=wires, layers=4), Shape(features=wires, classes=2), Path()
    )
    circuit = open_backend(BackendSection(name=name)).differentiable(model.circuit)
    assert circuit is not None
    rng = np.random.default_rng(0)
    inputs = rng.uniform(-1, 1, (ROWS, wires)).astype(np.float32)
    weights = rng.normal(size=model.circuit.weights_shape).astype(np.float32)
    run = jax.jit(jax.value_and_grad(lambda w: circuit(inputs, w).sum()))
    jax.block_until_ready(run(weights))
    return lambda: jax.block_until_ready(run(weights))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wires", default="8,12,16,18,20,22")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"{'qubits':>6} {'jax ms':>9} {'lightning ms':>13} {'ratio':>7}")
    for wires in map(int, options.wires.split(",")):
        steps = {name: step(name, wires) for name in ("jax", "lightning")}
        times: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(options.rounds):
            for name, run in steps.items():
                started = time.perf_counter()
                run()
                times[name].append(1000 * (time.perf_counter() - started))
        jax_ms, lightning_ms = median(times["jax"]), median(times["lightning"])
        print(f"{wires:6} {jax_ms:9.1f} {lightning_ms:13.1f} {lightning_ms / jax_ms:7.2f}")


if __name__ == "__main__":
    main()
