"""Quantum-enhanced Markov chains against classical ones: spectral gaps, and effective samples.

    python bench/qemcmc.py [--instances 30] [--largest 8] [--seconds 5] [--skip-gaps]

The first table has mean spectral gaps of random fully connected Ising problems (J, h ~ N(0, 1),
T = 1; seeds as in the tests) and the exponents k of their fit to 2^(-k n). The second one runs
every sampler of `qml sample ising` for the same wall time on the same problems: effective samples
(of the energy or the slowest spin) in 1,000 energy evaluations and per second of processor time.
The quantum chain is simulated, so its seconds are those of a laptop and not of a machine.
"""

import argparse
import itertools
import time
from dataclasses import replace

import numpy as np

from qml.algorithms.samplers import Limits, Target, Task, build, draw
from qml.algorithms.samplers import uniform as uniform_module
from qml.algorithms.samplers.exact import Exact
from qml.algorithms.samplers.measure import measure
from qml.algorithms.samplers.quantum_inspired import Options as MeanField
from qml.algorithms.samplers.transitions import (
    exponent,
    instances,
    local,
    mean_field,
    metropolis_hastings,
    quantum,
    random_target,
    spectral_gap,
    uniform,
)
from qml.errors import PlanError

METHODS = (
    "metropolis",
    "uniform",
    "parallel_tempering",
    "swendsen_wang",
    "quantum_inspired",
    "qemcmc",
)
WARMUP = 0.2
CHAINS = 8


class ProcessorTime:
    """A clock of the time that this process computes, whatever else the machine does."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds of processor time."""
        return time.process_time()


def gaps_of(target: Target) -> dict[str, float]:
    """Return the spectral gap of each proposal."""
    p, n = Exact.of(target).probabilities, target.size
    chains = {
        "local": metropolis_hastings(target, local(n)),
        "uniform": metropolis_hastings(target, uniform(n)),
        "mean field": _mean_field_chain(target),
        "quantum": metropolis_hastings(target, quantum(target)),
    }
    return {name: spectral_gap(chain, p) for name, chain in chains.items()}


def _mean_field_chain(target: Target) -> np.ndarray:
    """Return the chain of `quantum_inspired`, averaged over a grid of its parameters."""
    options = MeanField()
    grid = itertools.product(np.linspace(*options.mixing, 6), np.linspace(*options.time, 10))
    chains = [metropolis_hastings(target, mean_field(target, g, t)) for g, t in grid]
    return np.mean(chains, axis=0)


def gap_table(count: int, largest: int) -> None:
    """Print mean gaps for each size, and the exponents."""
    sizes = range(4, largest + 1)
    found: dict[str, dict[int, list[float]]] = {}
    for n, target in instances(0, sizes, count):
        for name, gap in gaps_of(target).items():
            found.setdefault(name, {k: [] for k in sizes})[n].append(gap)
    print(f"Mean spectral gap of {count} instances each, T = 1\n")
    print("| proposal |" + "".join(f" n = {n} |" for n in sizes) + " k |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for name, by_size in found.items():
        means = [float(np.mean(g)) for g in by_size.values()]
        cells = "".join(f" {m:.4f} |" for m in means)
        print(f"| {name} |{cells} {exponent(sizes, means):.3f} |")
    ratio = np.mean(found["quantum"][largest]) / np.mean(found["uniform"][largest])
    print(f"\nquantum over uniform at n = {largest}: {ratio:.1f}\n")


def ring(n: int) -> Target:
    """A ferromagnetic ring without fields."""
    target = random_target(np.random.default_rng(0), n)
    couplings = np.zeros((n, n))
    for i in range(n):
        couplings[i, (i + 1) % n] = couplings[(i + 1) % n, i] = -1.0
    return replace(target, couplings=couplings, fields=np.zeros(n), temperature=0.7)


def problems() -> dict[str, Target]:
    """Return the problems of the second table, by name."""
    rng = np.random.default_rng(1)
    glasses = {f"glass, n = {n}, T = 1": random_target(rng, n) for n in (8, 10)}
    warm = {"glass, n = 12, T = 3": random_target(rng, 12, 3.0)}
    return {**glasses, **warm, "ring, n = 12, T = 0.7": ring(12)}


def sample_table(seconds: float) -> None:
    """Print what every sampler gets out of the same time."""
    print(f"{seconds:g} s of processor time for each method, {CHAINS} chains\n")
    head = ("problem", "method", "evaluations", "accepted", "R-hat", "ESS", "ESS/1,000 evals")
    print("| " + " | ".join((*head, "ESS/s", "energy error", "TVD")) + " |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for title, target in problems().items():
        exact = Exact.of(target)
        for name in METHODS:
            row = _row(name, target, exact, seconds)
            if row:
                print(f"| {title} | {name} | {row} |")


def _row(name: str, target: Target, exact: Exact, seconds: float) -> str | None:
    try:
        task = Task(target=target)
        kernel = (
            uniform_module.build(task, uniform_module.Options(proposals=target.size))
            if name == "uniform"
            else build(name, task)
        )
    except PlanError:
        return None  # clusters on frustrated couplings
    limits = Limits(seconds=seconds)
    draws = draw(kernel, chains=CHAINS, seed=0, limits=limits, clock=ProcessorTime())
    found, used = measure(draws.after(WARMUP), exact), draws.info.evaluations
    ess = found.ess or float("nan")
    accepted = "" if found.acceptance is None else f"{100 * found.acceptance:.1f} %"
    return (
        f"{used:,} | {accepted} | {found.rhat or float('nan'):.3f} | {ess:,.0f} |"
        f" {1000 * ess / used:.3g} | {ess / draws.seconds:,.3g} |"
        f" {found.energy_error:+.3f} | {found.tvd:.3f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=30, help="problems of each size")
    parser.add_argument("--largest", type=int, default=8, help="most spins of the first table")
    parser.add_argument("--seconds", type=float, default=5.0, help="time of each sampler")
    parser.add_argument("--skip-gaps", action="store_true", help="leave the first table out")
    arguments = parser.parse_args()
    if not arguments.skip_gaps:
        gap_table(arguments.instances, arguments.largest)
    sample_table(arguments.seconds)


if __name__ == "__main__":
    main()
