"""The diagonal engine beside its peers, and QAOA beside a descent.

    python bench/qaoa.py [--spins 14 18] [--qokit SIMULATOR.so] [--lightning 12] [--tables]

Speed: LABS with twelve layers of the transferred schedule, medians of interleaved rounds. Peers:
QOKit's C simulator (forward only, double precision; the library of its wheel is loaded as it is),
and PennyLane's lightning.qubit with adjoint derivatives, gate by gate. Values are compared before
anything is timed. GB/s counts the passes over states that the engine makes; the share is that of a
plain pass over a large array. Processor seconds are told too, for machines that others use.

The script fails where LABS with 18 spins takes longer than a second.

--tables: regular graphs (QAOA against one 1-flip descent), the decay of a linear ramp, and ties.
"""

import argparse
import ctypes
import time
from collections import Counter
from collections.abc import Callable
from statistics import median
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from qaoa_tables import print_tables

from qml.algorithms.solvers.qaoa.angles import Angles
from qml.algorithms.solvers.qaoa.labs import labs_energies, transferred_schedule
from qml.engine.diagonal import DiagonalProgram, product_start, x_mixer

BAR_SPINS, BAR_SECONDS = 18, 1.0
Run = Callable[[], float]


def program(spins: int) -> DiagonalProgram:
    """LABS on the engine, in single precision."""
    energies = labs_energies(spins) / 2
    return DiagonalProgram.of(energies, x_mixer(spins, "float32"), product_start(spins))


def qokit(path: str, spins: int, angles: Angles) -> Run:
    """Return the forward run of QOKit's C simulator."""
    call = ctypes.CDLL(path).apply_qaoa_furx
    call.restype = None
    costs = labs_energies(spins) / 2
    gammas, betas = np.array(2 * angles.gammas), np.array(angles.betas)
    sizes = (ctypes.c_uint(spins), ctypes.c_size_t(1 << spins), ctypes.c_size_t(len(gammas)))

    def run() -> float:
        real, imaginary = np.full(1 << spins, 2 ** (-spins / 2)), np.zeros(1 << spins)
        arrays = (real, imaginary, gammas, betas, costs)
        call(*(a.ctypes.data_as(ctypes.c_void_p) for a in arrays), *sizes)
        return float((real**2 + imaginary**2) @ costs)

    return run


def labs_terms(spins: int) -> dict[tuple[int, ...], float]:
    """Products of spins in E / 2, with their weights."""
    found: Counter[tuple[int, ...]] = Counter()
    for lag in range(1, spins):
        for i in range(spins - lag):
            for j in range(spins - lag):
                odd = {i} ^ {i + lag} ^ {j} ^ {j + lag}
                found[tuple(sorted(odd))] += 1
    return {wires: count / 2 for wires, count in found.items()}


def lightning(spins: int, angles: Angles) -> Run:
    """Return value and gradient of the same circuit, gate by gate."""
    import pennylane as qp

    terms = labs_terms(spins)
    constant = terms.pop((), 0.0)
    words = [qp.prod(*(qp.Z(w) for w in wires)) for wires in terms]
    cost = qp.Hamiltonian(list(terms.values()), words)

    @qp.qnode(qp.device("lightning.qubit", wires=spins), diff_method="adjoint")
    def node(gammas: Any, betas: Any) -> Any:
        for wire in range(spins):
            qp.Hadamard(wire)
        for gamma, beta in zip(gammas, betas, strict=True):
            for wires, weight in terms.items():
                qp.MultiRZ(2 * gamma * weight, wires=wires)
            for wire in range(spins):
                qp.RX(2 * beta, wires=wire)
        return qp.expval(cost)

    gammas, betas = (qp.numpy.array(a, requires_grad=True) for a in angles)

    def run() -> float:
        qp.grad(node)(gammas, betas)
        return float(node(gammas, betas)) + constant

    return run


def vectors_moved(spins: int, *, gradient: bool) -> int:
    """Count the real vectors that a layer reads and writes: energies, states, their rotations."""
    groups = -(-spins // 3)
    forward = 5 + 4 + 8 * groups
    return 3 * forward + 5 if gradient else forward


def bandwidth() -> float:
    """Measure a pass over an array that no cache holds, bytes per second."""
    stream = jax.jit(lambda a: a * 1.5, donate_argnums=0)
    long = jax.block_until_ready(stream(jnp.ones(2**26, jnp.float32)))
    seconds = []
    for _ in range(7):
        start = time.perf_counter()
        long = jax.block_until_ready(stream(long))
        seconds.append(time.perf_counter() - start)
    return 8 * 2**26 / min(seconds)


def timed(runs: dict[str, Run], rounds: int) -> dict[str, tuple[float, float]]:
    """Return the median wall and processor seconds of each, measured in turns."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            wall, cpu = time.perf_counter(), time.process_time()
            run()
            found[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {n: (median(w for w, _ in t), median(c for _, c in t)) for n, t in found.items()}


def measure(spins: int, options: argparse.Namespace, peak: float) -> float:
    """Print the rows of one size; return the seconds of value and gradient."""
    angles, engine = transferred_schedule(spins), program(spins)
    costs = np.asarray(engine.costs, np.float64)
    runs: dict[str, Run] = {
        "engine, value": lambda: float(engine.probabilities(*angles) @ costs),
        "engine, value + gradient": lambda: engine.value_and_gradient(*angles)[0],
    }
    if options.qokit:
        runs["QOKit C, value"] = qokit(options.qokit, spins, angles)
    if spins <= options.lightning:
        runs["lightning, value + gradient"] = lightning(spins, angles)
    values = {name: run() for name, run in runs.items()}
    wrong = max(abs(v - values["engine, value"]) / v for v in values.values())
    if wrong > 1e-4:
        raise SystemExit(f"peers disagree by {wrong:.0e}: {values}")
    times = timed(runs, options.rounds)
    for name, (wall, cpu) in times.items():
        base = times["engine, value + gradient" if "gradient" in name else "engine, value"][0]
        moved = vectors_moved(spins, gradient="gradient" in name) * 12 * 4 * 2**spins / wall
        speed = f"{moved / 1e9:.1f} | {moved / peak:.0%}" if "engine" in name else "- | -"
        print(f"| {spins} | {name} | {wall:.3f} | {cpu:.3f} | {wall / base:.1f} | {speed} |")
    return times["engine, value + gradient"][0]


def main() -> int:
    """Measure and print; exit 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spins", type=int, nargs="+", default=[12, 14, BAR_SPINS])
    parser.add_argument("--qokit", help="QOKit's compiled library, simulator.*.so of its wheel")
    parser.add_argument("--lightning", type=int, default=12, help="most spins of lightning.qubit")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--tables", action="store_true", help="print what QAOA finds, too")
    options = parser.parse_args()
    peak = bandwidth()
    print(f"one pass over memory: {peak / 1e9:.1f} GB/s\n")
    print("| spins | what | s | processor s | ratio | GB/s | of peak |")
    print("|---|---|---|---|---|---|---|")
    seconds = {spins: measure(spins, options, peak) for spins in options.spins}
    if options.tables:
        print_tables()
    return int(seconds.get(BAR_SPINS, 0.0) > BAR_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
