import numpy as np
import pytest

from qml.errors import DataError
from qml.results.samples import weissman_shots


@pytest.mark.parametrize("outcomes, shots", [(4, 3_318), (16, 4_982), (64, 11_636), (256, 38_253)])
def test_reference_numbers(outcomes, shots):
    assert weissman_shots(outcomes, 0.1, 1e-6) == shots


def test_the_bound_holds():
    random = np.random.default_rng(0)
    ideal = random.dirichlet(np.ones(8))
    shots = weissman_shots(8, 0.2, 0.05)
    seen = random.multinomial(shots, ideal, size=2_000) / shots
    assert (np.abs(seen - ideal).sum(axis=1) >= 0.2).mean() <= 0.05


@pytest.mark.parametrize(
    "outcomes, epsilon, delta", [(0, 0.1, 0.1), (4, 0, 0.1), (4, 2.1, 0.1), (4, 0.1, 0), (4, 1, 1)]
)
def test_refuses_what_is_out_of_range(outcomes, epsilon, delta):
    with pytest.raises(DataError):
        weissman_shots(outcomes, epsilon, delta)
