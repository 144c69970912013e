"""Measure one training step of the engine beside its peers, interleaved in one run.

The step: B rows, n qubits, four layers after RY angle encoding, <Z_i> of every qubit: value,
gradients for weights and inputs, and Adam. Peers are those of the suite `speed`, each in a process
of its own (`qml.benchmarking.measurements.step`), with their interpreters as there: QML_TFQ_PYTHON
and its like. Every peer's gradient is held against double precision before anything is timed. Times
are medians; ratios are medians of the ratios of each round. GFLOP/s and GB/s count the products and
passes of the engine's blocks in its fastest round.

    QML_TFQ_PYTHON=~/tfq/bin/python python bench/step.py --json step.json
"""

import argparse
import json
import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

import jax
import jax.numpy as jnp

from qml.benchmarking.measurements.step.agreement import errors
from qml.benchmarking.measurements.step.circuits import CIRCUITS, Case
from qml.benchmarking.measurements.step.client import PeerError, Worker
from qml.benchmarking.measurements.step.interpreters import interpreter
from qml.benchmarking.measurements.step.options import PEERS
from qml.benchmarking.measurements.step.peers.qml import model
from qml.benchmarking.measurements.step.rounds import in_turns
from qml.engine.compile import Program

SIZES = ((8, 32), (8, 256), (12, 32), (16, 4), (20, 1))


def peers(case: Case, options: argparse.Namespace, stack: ExitStack) -> list[Worker]:
    """Prepare and check every peer of a case, the engine first."""
    logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    found: list[Worker] = []
    for name in ["qml", *options.peers]:
        if name == "pennylane_jax" and case.wires > options.pennylane_most:
            continue
        try:
            worker = Worker(
                name,
                case,
                python=interpreter(name, os.environ),
                log=logs / f"{name}.log",
                environ=os.environ,
                exact=name == "qml",
            )
        except PeerError as error:
            print(f"{name}: {error.message}")
            continue
        found.append(stack.enter_context(worker))
        wrong = errors(worker.opened, found[0].opened["exact"])
        if not wrong.within(options.tolerance):
            raise SystemExit(f"{name} is wrong by {wrong.gradient:.1e} on {case.title}")
    return found


def measure(case: Case, options: argparse.Namespace) -> dict[str, Any]:
    """Check and time all peers of one case."""
    with ExitStack() as stack:
        found = peers(case, options, stack)
        taken = in_turns(
            {p.name: p.run for p in found},
            rounds=options.rounds,
            seconds=float("inf"),
            stop=lambda: False,
        )
    times = {name: [1e3 * t.wall for t in values] for name, values in taken.items()}
    flops, moved = work(case)
    best = min(times["qml"])
    return {
        "circuit": case.circuit,
        "wires": case.wires,
        "batch": case.batch,
        "milliseconds": {name: median(values) for name, values in times.items()},
        "fastest_milliseconds": {name: min(values) for name, values in times.items()},
        "ratio": {
            name: median(a / b for a, b in zip(values, times["qml"], strict=True))
            for name, values in times.items()
            if name != "qml"
        },
        "compile_seconds": {p.name: p.opened["seconds"] for p in found},
        "gflop_per_second": flops / best / 1e6,
        "gigabytes_per_second": moved / best / 1e6,
    }


def work(case: Case) -> tuple[float, float]:
    """Floating-point operations and bytes of the engine's dense blocks, derivative included.

    Each block is three products (forward, and two backward); each product and each pass reads and
    writes the state once.
    """
    stages = Program.of(model(case.document())).schedule.stages
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


def row(result: dict[str, Any], names: list[str]) -> str:
    """One line of the table."""
    cells = [f"{result['circuit']} n={result['wires']} B={result['batch']}"]
    cells.append(f"{result['milliseconds']['qml']:.2f}")
    for name in names:
        if name in result["ratio"]:
            cells.append(f"{result['milliseconds'][name]:.1f} ({result['ratio'][name]:.1f}x)")
        else:
            cells.append("-")
    cells.append(f"{result['compile_seconds']['qml']:.1f}")
    cells.append(f"{result['gflop_per_second']:.0f}")
    cells.append(f"{result['gigabytes_per_second']:.0f}")
    return "| " + " | ".join(cells) + " |"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), default=["pennylane_jax", "tfq"])
    parser.add_argument("--json", type=Path, help="file for the results")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--circuits", nargs="+", choices=sorted(CIRCUITS), default=list(CIRCUITS))
    parser.add_argument("--sizes", nargs="+", default=[f"{n},{b}" for n, b in SIZES])
    parser.add_argument("--weights-only", action="store_true", help="no gradients of the inputs")
    parser.add_argument("--pennylane-most", type=int, default=16, help="qubits of default.qubit")
    parser.add_argument("--tolerance", type=float, default=1e-3, help="relative, of gradients")
    return parser.parse_args()


def main() -> None:
    """Measure and print a table."""
    options = arguments()
    peak = machine_peak()
    print(
        f"peak: {peak['gflop_per_second']:.0f} GFLOP/s, {peak['gigabytes_per_second']:.0f} GB/s, "
        f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}\n"
    )
    heads = "".join(f"| {name} ms (ratio) " for name in options.peers)
    print(f"| circuit | engine ms {heads}| compile s | GFLOP/s | GB/s |")
    print("|" + "---|" * (5 + len(options.peers)))
    results = []
    for circuit in options.circuits:
        for size in options.sizes:
            wires, batch = map(int, size.split(","))
            case = Case.of(circuit, wires, batch, inputs_too=not options.weights_only)
            results.append(measure(case, options))
            print(row(results[-1], options.peers), flush=True)
    if options.json:
        document = {"schema": "qml.bench.step/1", "peak": peak, "results": results}
        options.json.write_text(json.dumps(document, indent=2) + "\n")


if __name__ == "__main__":
    main()
