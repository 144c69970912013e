"""What QAOA finds, beside what costs next to nothing: tables of `bench/qaoa.py --tables`."""

import dimod
import networkx as nx
import numpy as np

from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.qaoa.angles import Angles, fixed, linear_ramp
from qml.algorithms.solvers.qaoa.ansatz import Ansatz, build
from qml.algorithms.solvers.qaoa.choice import initial_angles
from qml.algorithms.solvers.qaoa.fairness import metropolis, unfairness, weak_field_limit
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.spins import Spins
from qml.problems import Arrays, compile_model
from qml.problems.instances import max_cut

TIES = {(0, 2): 1, (0, 3): 1, (0, 4): 1, (1, 2): 1, (1, 3): -1, (1, 4): -1, (2, 3): -1, (2, 4): 1}


def glass(couplings: dict[tuple[int, int], float]) -> Arrays:
    """Sum of J s s."""
    spins = 1 + max(max(pair) for pair in couplings)
    fields = dict.fromkeys(range(spins), 0.0)
    return compile_model(dimod.BinaryQuadraticModel(fields, couplings, 0.0, dimod.SPIN))


def chances(ansatz: Ansatz, angles: Angles) -> np.ndarray:
    """Return the distribution of these angles."""
    return ansatz.program.probabilities(*angles)


def descend(problem: Arrays, rng: np.random.Generator) -> float:
    """Flip the best bit of a random assignment until none helps; return the objective."""
    x = rng.integers(0, 2, problem.size)
    while True:
        changes = (1 - 2 * x) * (problem.linear + problem.couplings @ x)
        place = int(np.argmin(changes))
        if changes[place] >= -1e-12:
            return float(problem.objectives(x[None].astype(np.int8))[0])
        x[place] = 1 - x[place]


def regular_graphs() -> None:
    """Random 3-regular graphs, n = 14: share of the largest cut."""
    ratios: dict[str, list[float]] = {}
    for seed in range(15):
        problem = compile_model(max_cut(nx.random_regular_graph(3, 14, seed=seed).edges))
        ansatz = build(problem, Options())
        for layers in (1, 2, 3, 5):
            mean = chances(ansatz, fixed(layers, Spins.of(problem))) @ ansatz.costs
            ratios.setdefault(f"QAOA, {layers} layers, mean", []).append(mean / ansatz.costs.min())
        best = ansatz.costs.min()
        ends = [descend(problem, np.random.default_rng([seed, i])) for i in range(100)]
        ratios.setdefault("one 1-flip descent, mean", []).append(np.mean(ends) / best)
        many = solve(problem, "local_search", budget=Budget(evaluations=1000), seed=seed)
        ratios.setdefault("local_search, 1,000 evaluations", []).append(many.objective / best)
    print("\n| 3-regular, 14 nodes, 15 graphs | cut / largest cut |\n|---|---|")
    for name, found in ratios.items():
        print(f"| {name} | {np.mean(found):.3f} |")


def decay() -> None:
    """Linear ramps on complete graphs with weights from (0, 1)."""
    print("\n| linear ramp .6, .6, 10 layers | mean chance of an optimum |\n|---|---|")
    sizes, means = (6, 8, 10, 12), []
    for spins in sizes:
        found = []
        for seed in range(12):
            rng = np.random.default_rng(1000 * spins + seed)
            weights = np.triu(rng.uniform(0, 1, (spins, spins)), 1)
            pairs = zip(*np.nonzero(weights), strict=True)
            largest = weights.max()
            problem = glass({(int(i), int(j)): weights[i, j] / largest for i, j in pairs})
            ansatz = build(problem, Options())
            p = chances(ansatz, linear_ramp(10, delta_beta=0.6, delta_gamma=0.6))
            found.append(p[ansatz.costs < ansatz.costs.min() + 1e-9].sum())
        means.append(np.mean(found))
        print(f"| {spins} spins | {means[-1]:.4f} |")
    print(f"| decay: 2^(-eta n) | eta = {-np.polyfit(sizes, np.log2(means), 1)[0]:.3f} |")


def ties() -> None:
    """Five spins with six ground states: distance of their frequencies from equal."""
    problem = glass({pair: -float(value) for pair, value in TIES.items()})
    print("\n| five spins, six ground states | total variation distance to uniform |\n|---|---|")
    for mixer, layers in (("x", 5), ("x", 50), ("x", 1000), ("grover", 5)):
        options = Options(mixer=mixer, layers=layers)
        ansatz = build(problem, options)
        p = chances(ansatz, initial_angles(problem, options, mixer))
        print(f"| {mixer} mixer, ramp of {layers} layers | {unfairness(p, ansatz.costs):.3f} |")
        if mixer == "x":
            seen = metropolis(p, ansatz.costs, temperature=0.5, steps=40_000, seed=0)
            print(f"| the same, Metropolis, 40,000 shots | {unfairness(seen, ansatz.costs):.3f} |")
    limit = unfairness(weak_field_limit(ansatz.costs), ansatz.costs)
    print(f"| infinitely slow anneal | {limit:.3f} |")


def print_tables() -> None:
    """Print all of them."""
    regular_graphs()
    decay()
    ties()
