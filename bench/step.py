"""Measure one training step of the engine beside its peers, interleaved in one run.

The step: B rows, n qubits, four layers after RY angle encoding, <Z_i> of every qubit, value and
gradients for weights and inputs. Peers: PennyLane's default.qubit jitted with JAX, and TensorFlow
Quantum with its adjoint differentiator where `--tfq-python` names an interpreter that has it
(tensorflow-cpu 2.18, tensorflow-quantum 0.7.6). Every peer's gradient is compared with the engine's
before anything is timed. Times are medians; ratios are medians of the ratios of each round.
GFLOP/s and GB/s count the products and passes of the engine's blocks in its fastest round.

    python bench/step.py --tfq-python ~/tfq/bin/python --json step.json
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from step_circuits import CIRCUITS, Case, Gates, engine_model
from step_tfq import TfqWorker

from qml.engine import expectations
from qml.engine.compile import Program

SIZES = ((8, 32), (8, 256), (12, 32), (16, 4), (20, 1))
SECONDS_PER_SAMPLE = 0.05


class Peer(NamedTuple):
    """A compiled step: `run(k)` returns the milliseconds of each of k steps on average."""

    name: str
    gradient: np.ndarray
    compile_seconds: float
    run: Callable[[int], float]
    close: Callable[[], None] = lambda: None


def jax_peer(name: str, function: Callable[[Any, Any], Any], case: Case) -> Peer:
    """Compile value and gradients of the sum of squares of `function(x, w)`."""

    def loss(x: Any, w: Any) -> Any:
        return (function(x, w) ** 2).sum()

    x, w = jnp.asarray(case.inputs), jnp.asarray(case.weights)
    start = time.perf_counter()
    step = jax.jit(jax.value_and_grad(loss, argnums=(0, 1))).lower(x, w).compile()
    seconds = time.perf_counter() - start
    _, gradients = jax.block_until_ready(step(x, w))

    def run(steps: int) -> float:
        begin = time.perf_counter()
        for _ in range(steps):
            found = step(x, w)
        jax.block_until_ready(found)
        return (time.perf_counter() - begin) * 1e3 / steps

    flat = np.concatenate([np.asarray(g).ravel() for g in gradients])
    return Peer(name, flat, seconds, run)


def pennylane_function(case: Case) -> Callable[[Any, Any], Any]:
    """The circuit on default.qubit, the batch broadcast by PennyLane."""
    import pennylane as qp

    kinds = {"rx": qp.RX, "ry": qp.RY, "rz": qp.RZ, "cnot": qp.CNOT}

    @qp.qnode(qp.device("default.qubit", wires=case.wires), interface="jax")
    def node(x: Any, w: Any) -> Any:
        for name, wires, source in case.gates:
            angle = (
                () if source is None else ((x[:, source[1]] if source[0] == "x" else w[source[1]]),)
            )
            kinds[name](*angle, wires=wires)
        return [qp.expval(qp.Z(i)) for i in range(case.wires)]

    return lambda x, w: jnp.stack(node(x, w))


def peers(case: Case, options: argparse.Namespace) -> Iterator[Peer]:
    """Compile every peer of a case, the engine first."""
    yield jax_peer("engine", expectations(engine_model(case)), case)
    if case.wires <= options.pennylane_most:
        yield jax_peer("default.qubit", pennylane_function(case), case)
    if options.tfq_python:
        worker = TfqWorker(options.tfq_python, case)
        yield Peer("tfq", worker.gradient, worker.compile_seconds, worker.run, worker.close)


def measure(case: Case, options: argparse.Namespace) -> dict[str, Any]:
    """Check and time all peers of one case."""
    found = list(peers(case, options))
    engine = found[0]
    for peer in found[1:]:
        error = float(np.abs(peer.gradient - engine.gradient).max())
        if error > options.tolerance:
            raise SystemExit(
                f"{peer.name} disagrees with the engine by {error:.1e} on {case.title}"
            )
    steps = {p.name: max(1, round(SECONDS_PER_SAMPLE * 1e3 / p.run(1))) for p in found}
    times: dict[str, list[float]] = {p.name: [] for p in found}
    for _ in range(options.rounds):
        for peer in found:
            times[peer.name].append(peer.run(steps[peer.name]))
    ms = {name: median(values) for name, values in times.items()}
    for peer in found:
        peer.close()
    flops, moved = work(case)
    best = min(times["engine"])
    return {
        "circuit": case.circuit,
        "wires": case.wires,
        "batch": case.batch,
        "milliseconds": ms,
        "fastest_milliseconds": {name: min(values) for name, values in times.items()},
        "ratio": {
            name: median(a / b for a, b in zip(values, times["engine"], strict=True))
            for name, values in times.items()
            if name != "engine"
        },
        "compile_seconds": {p.name: p.compile_seconds for p in found},
        "gflop_per_second": flops / best / 1e6,
        "gigabytes_per_second": moved / best / 1e6,
    }


def work(case: Case) -> tuple[float, float]:
    """Floating-point operations and bytes of the engine's dense blocks, derivative included.

    Each block is three products (forward, and two backward); each product and each pass reads and
    writes the state once.
    """
    stages = Program.of(engine_model(case)).schedule.stages
    amplitudes = case.batch * 2.0**case.wires
    flops = sum(3 * 8 * 2 ** len(stage.block.wires) * amplitudes for stage in stages)
    return flops, len(stages) * 10 * 8 * amplitudes


def machine_peak() -> dict[str, float]:
    """Measure a large float32 matrix product and a pass over a large array."""
    size, length = 1536, 2**25
    product = jax.jit(lambda a: a @ a)
    stream = jax.jit(lambda a: a * 1.5, donate_argnums=0)
    square, long = jnp.ones((size, size), jnp.float32), jnp.ones(length, jnp.float32)
    long = jax.block_until_ready(stream(long))
    flops, moved = [], []
    for _ in range(7):
        start = time.perf_counter()
        jax.block_until_ready(product(square))
        flops.append(2 * size**3 / (time.perf_counter() - start) / 1e9)
        start = time.perf_counter()
        long = jax.block_until_ready(stream(long))
        moved.append(8 * length / (time.perf_counter() - start) / 1e9)
    return {"gflop_per_second": max(flops), "gigabytes_per_second": max(moved)}


def row(result: dict[str, Any]) -> str:
    """One line of the table."""
    cells = [f"{result['circuit']} n={result['wires']} B={result['batch']}"]
    cells.append(f"{result['milliseconds']['engine']:.2f}")
    for name in ("default.qubit", "tfq"):
        if name in result["ratio"]:
            cells.append(f"{result['milliseconds'][name]:.1f} ({result['ratio'][name]:.1f}x)")
        else:
            cells.append("-")
    cells.append(f"{result['compile_seconds']['engine']:.1f}")
    cells.append(f"{result['gflop_per_second']:.0f}")
    cells.append(f"{result['gigabytes_per_second']:.0f}")
    return "| " + " | ".join(cells) + " |"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--tfq-python", help="interpreter with TensorFlow Quantum")
    parser.add_argument("--json", type=Path, help="file for the results")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--circuits", nargs="+", choices=sorted(CIRCUITS), default=list(CIRCUITS))
    parser.add_argument("--sizes", nargs="+", default=[f"{n},{b}" for n, b in SIZES])
    parser.add_argument("--pennylane-most", type=int, default=16, help="qubits of default.qubit")
    parser.add_argument("--tolerance", type=float, default=2e-3, help="of gradients, absolute")
    return parser.parse_args()


def main() -> None:
    """Measure and print a table."""
    options = arguments()
    peak = machine_peak()
    print(
        f"peak: {peak['gflop_per_second']:.0f} GFLOP/s, {peak['gigabytes_per_second']:.0f} GB/s, "
        f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}\n"
    )
    print(
        "| circuit | engine ms | default.qubit ms (ratio) | TFQ ms (ratio) "
        "| compile s | GFLOP/s | GB/s |"
    )
    print("|---|---|---|---|---|---|---|")
    results = []
    for circuit in options.circuits:
        for size in options.sizes:
            wires, batch = map(int, size.split(","))
            gates: Gates = CIRCUITS[circuit](wires)
            results.append(measure(Case.of(circuit, wires, batch, gates), options))
            print(row(results[-1]), flush=True)
    if options.json:
        document = {"schema": "qml.bench.step/1", "peak": peak, "results": results}
        options.json.write_text(json.dumps(document, indent=2) + "\n")


if __name__ == "__main__":
    main()
