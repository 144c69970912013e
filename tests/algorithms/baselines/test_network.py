import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neural_network import MLPClassifier

from qml.algorithms.baselines.network import TOLERANCE, Network, match


@pytest.mark.parametrize("classes", [2, 3, 10])
@pytest.mark.parametrize("features", [1, 2, 4, 8, 16, 64, 784])
@pytest.mark.parametrize("budget", [50, 64, 96, 150, 300, 500, 1_000, 5_000, 20_000])
def test_within_ten_percent(features, classes, budget):
    network = match(features, classes, budget, components=500)
    assert network.deviation(budget) <= TOLERANCE
    assert 1 <= network.inputs <= features


@given(st.integers(1, 100), st.integers(2, 12), st.integers(1, 3_000), st.integers(1, 60))
def test_no_other_network_is_nearer_where_it_misses(features, classes, budget, components):
    network = match(features, classes, budget, components)
    assert network.inputs == features or network.inputs <= components
    if network.deviation(budget) > TOLERANCE:
        outputs = 1 if classes == 2 else classes
        others = [
            Network(inputs=i, hidden=h, outputs=outputs)
            for i in (*range(1, min(features, components + 1)), features)
            for h in range(1, 50)
        ]
        assert network.deviation(budget) == min(o.deviation(budget) for o in others)


def test_takes_all_features_where_the_budget_allows():
    assert match(8, 10, 1_000, 500).inputs == 8
    assert match(784, 10, 6_500, 500).inputs == 784


def test_prefers_components_to_a_bottleneck():
    # with all 64 features a single hidden unit would be left
    network = match(64, 10, 96, 500)
    assert (network.inputs, network.hidden) == (8, 5)


def test_tiny_budgets_get_the_nearest_network():
    network = match(4, 3, 4, 500)
    assert network == Network(inputs=1, hidden=1, outputs=3)
    assert network.deviation(4) > TOLERANCE


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_counts_as_scikit_learn_does(classes):
    random = np.random.default_rng(0)
    layers = MLPClassifier((6,), solver="lbfgs", max_iter=400, alpha=10.0)
    layers.fit(random.normal(size=(50, 3)), np.arange(50) % classes)
    count = sum(part.size for part in (*layers.coefs_, *layers.intercepts_))
    outputs = 1 if classes == 2 else classes
    assert Network(inputs=3, hidden=6, outputs=outputs).parameters == count
