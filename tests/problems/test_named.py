"""Instances by name have the optima that are published for them."""

import networkx as nx
import numpy as np
import pytest

from qml.errors import DataError
from qml.problems import compile_model
from qml.problems.graphs import regular
from qml.problems.named import EXAMPLES, LABS, instance

PUBLISHED = {
    "maxcut:k33": -9,
    "maxcut:petersen": -12,
    "maxcut:heawood": -21,
    "maxcut:k44": -16,
    "maxcut:cube4": -32,
    "bqp:0": -5.004089,
    "bqp:1": -14.886576,
    "bqp:2": -8.261565,
    "bqp:cos": -3.455533,
    "subset:0": -1.087579,
    "subset:1": -1.015388,
    "subset:2": -0.986082,
    "labs:12": 10,
    "labs:18": 25,
    "labs:25": 36,
}
SUBSETS = {0: (3, 6, 10, 12, 16), 1: (1, 3, 5, 14, 16), 2: (6, 7, 14, 21, 22)}


@pytest.mark.parametrize("name", PUBLISHED)
def test_optima_are_the_published_ones(name):
    assert instance(name).optimum == pytest.approx(PUBLISHED[name], abs=1e-6)


@pytest.mark.parametrize("seed", SUBSETS)
def test_published_subsets_are_the_best(seed):
    found = instance(f"subset:{seed}")
    bits = np.isin(np.arange(24), SUBSETS[seed]).astype(np.int8)[None]
    assert compile_model(found.model).objectives(bits)[0] == pytest.approx(found.optimum)


@pytest.mark.parametrize("seed", range(15))
def test_regular_graphs_are_those_of_networkx(seed):
    drawn = nx.random_regular_graph(3, 14, seed=seed)
    assert sorted(regular(seed)) == sorted(tuple(sorted(edge)) for edge in drawn.edges)


def test_the_optimum_of_a_graph_is_what_one_flip_search_nearly_reaches():
    ratios = []
    for seed in range(15):
        graph = nx.Graph(regular(seed))
        cut, _ = nx.algorithms.approximation.one_exchange(graph, seed=seed)
        ratios.append(cut / -instance(f"maxcut:regular{seed}").optimum)
    assert max(ratios) <= 1.0
    assert sum(ratios) / 15 == pytest.approx(0.957, abs=0.03)


@pytest.mark.parametrize(
    "name", ["labs", "labs:", "labs:2", "labs:26", "labs:-3", "bqp:x", "maxcut:k55", "tsp:3", ""]
)
def test_unknown_names_are_refused_with_a_hint(name):
    with pytest.raises(DataError, match="there is no instance") as found:
        instance(name)
    assert found.value.hint


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_name_is_the_same_problem(name):
    first, second = (compile_model(instance(name).model) for _ in range(2))
    assert np.array_equal(first.couplings, second.couplings)
    assert np.array_equal(first.linear, second.linear)


def test_sequences_have_table_values_up_to_what_is_known():
    assert [LABS[n] for n in (3, 6, 13, 20)] == [1, 7, 6, 26]
