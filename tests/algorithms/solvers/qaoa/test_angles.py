"""Fixed angles against published ratios and graphs; ramps against computed values."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from algorithms.solvers.problems import random_problem
from algorithms.solvers.qaoa.instances import max_cut, spin_glass, weighted_cut

from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.qaoa.angles import fixed, linear_ramp
from qml.algorithms.solvers.qaoa.ansatz import build
from qml.algorithms.solvers.qaoa.choice import initial_angles
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.spins import Spins
from qml.errors import ConfigError
from qml.problems import Group
from qml.problems.penalty import penalised

GRAPHS = {
    "K3,3": (nx.complete_bipartite_graph(3, 3), [0.692450, 0.834985, 0.866344, 0.901836, 0.961881]),
    "Petersen": (nx.petersen_graph(), [0.692450, 0.732672, 0.735217, 0.769488, 0.776458]),
    "Heawood": (nx.heawood_graph(), [0.692450, 0.755906, 0.809245, 0.830624, 0.885450]),
    "K4,4": (nx.complete_bipartite_graph(4, 4), [0.662380, 0.778039]),
    "4-cube": (nx.hypercube_graph(4), [0.662380, 0.741539]),
}


def _mean(problem, angles):
    """Mean cost; layers without angles do nothing, and all depths are compiled at once."""
    ansatz = build(problem, Options())
    padded = (np.pad(a, (0, 5 - len(a))) for a in angles)
    return float(ansatz.program.probabilities(*padded) @ ansatz.costs)


def _optimal(problem, angles):
    ansatz = build(problem, Options())
    found = ansatz.program.probabilities(*angles)
    return float(found[ansatz.costs < ansatz.costs.min() + 1e-9].sum())


@pytest.mark.parametrize("name", GRAPHS)
def test_fixed_angles_cut_what_is_published(double, name):
    graph, ratios = GRAPHS[name]
    problem = max_cut(graph.edges)
    for layers, ratio in enumerate(ratios, 1):
        angles = fixed(layers, Spins.of(problem))
        assert -_mean(problem, angles) / graph.number_of_edges() == pytest.approx(ratio, abs=1e-5)


def test_the_ratios_of_graphs_without_short_cycles(double):
    """Girth six holds no cycle that one or two layers see: the ratios of every such graph."""
    problem = max_cut(nx.heawood_graph().edges)
    for layers, ratio in ((1, 0.692450), (2, 0.755906)):
        found = -_mean(problem, fixed(layers, Spins.of(problem))) / 21
        assert found == pytest.approx(ratio, abs=1e-6)


def test_weights_rescale_the_phase_only(double):
    graph = nx.heawood_graph()
    one, three = (spin_glass(dict.fromkeys(graph.edges, w)) for w in (0.5, 1.5))
    angles = [fixed(2, Spins.of(p)) for p in (one, three)]
    assert _mean(three, angles[1]) == pytest.approx(3 * _mean(one, angles[0]))


def test_tables_end_and_say_so():
    with pytest.raises(ConfigError, match="1 to 5"):
        fixed(6, Spins.of(random_problem(4, 0)))
    with pytest.raises(ConfigError, match="coupled"):
        fixed(1, Spins(np.ones(2), np.zeros((2, 2)), 0.0))
    options = {"angles": "fixed", "mixer": "grover"}
    with pytest.raises(ConfigError, match="belong to the x mixer"):
        solve(random_problem(4, 0), "qaoa", budget=Budget(evaluations=10), options=options)


SIX = {(i, j): 1 / (1 + i + 2 * j) for i in range(6) for j in range(i + 1, 6)}


@pytest.mark.parametrize(("delta_beta", "chance"), [(0.6, 0.107596), (0.3, 0.126307)])
def test_a_linear_ramp_on_six_spins(double, delta_beta, chance):
    largest = max(SIX.values())
    problem = spin_glass({pair: value / largest for pair, value in SIX.items()})
    angles = linear_ramp(10, delta_beta=delta_beta, delta_gamma=0.6)
    assert build(problem, Options()).costs.min() == pytest.approx(-1.584124, abs=1e-6)
    assert _optimal(problem, angles) == pytest.approx(chance, abs=1e-6)
    wrong = angles._replace(betas=-angles.betas)
    assert _optimal(problem, wrong) < 0.01


def _decay(sizes, seeds):
    """Fit the mean chance of an optimum to 2^(-eta n)."""
    chances = []
    for wires in sizes:
        problems = [weighted_cut(1000 * wires + s, wires) for s in range(seeds)]
        angles = linear_ramp(10, delta_beta=0.6, delta_gamma=0.6)
        chances.append(np.mean([_optimal(p, angles) for p in problems]))
    return -np.polyfit(sizes, np.log2(chances), 1)[0], chances


def test_the_chance_of_a_ramp_on_six_and_eight_spins():
    _, chances = _decay((6, 8), 12)
    assert chances == pytest.approx([0.5015, 0.2920], abs=1e-4)


@pytest.mark.long
def test_the_decay_of_a_ramp_with_the_spins():
    eta, chances = _decay((6, 8, 10, 12), 12)
    assert chances == pytest.approx([0.5015, 0.2920, 0.2542, 0.1863], abs=1e-3)
    assert eta == pytest.approx(0.22, abs=0.05)


def test_local_search_cuts_more_than_qaoa_on_the_same_graphs():
    """The classical column of the table: one descent cuts .957 of the optimum, five layers .941."""
    ratios = {"qaoa": [], "local_search": []}
    for seed in range(5):
        problem = max_cut(nx.random_regular_graph(3, 14, seed=seed).edges)
        ansatz = build(problem, Options())
        best = ansatz.costs.min()
        chances = ansatz.program.probabilities(*fixed(5, Spins.of(problem)))
        ratios["qaoa"].append(chances @ ansatz.costs / best)
        found = solve(problem, "local_search", budget=Budget(evaluations=20_000), seed=seed)
        ratios["local_search"].append(found.objective / best)
    assert np.mean(ratios["local_search"]) >= 0.95
    assert np.mean(ratios["local_search"]) > np.mean(ratios["qaoa"])
    assert np.mean(ratios["qaoa"]) == pytest.approx(0.941, abs=0.03)


@pytest.mark.parametrize("high", [2, 3])
def test_under_the_x_mixer_penalties_set_the_unit(high):
    problem = replace(random_problem(5, 0), groups=(Group("some", (0, 1, 2, 3, 4), 1, high),))
    held = replace(problem, groups=())
    unit, bare = (initial_angles(p, Options(), "x").gammas[0] for p in (problem, held))
    assert unit < bare / 2  # penalties are far above the weights of the objective
    kept = replace(problem, groups=(Group("two", (0, 1, 2, 3, 4), 2, 2),))
    largest = Spins.of(penalised(kept)).scale
    ramp = initial_angles(kept, Options(), "x").gammas
    assert ramp[-1] == pytest.approx(Options().delta_gamma / largest)
