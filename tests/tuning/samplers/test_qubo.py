import numpy as np
import optuna
import pytest

from qml.errors import ConfigError
from qml.tuning import QuboSampler

BITS = 10


def bqp(instance=None):
    """BQP-10: x^T Q x; without a number the instance that needs no random numbers."""
    i = np.arange(BITS)
    decay = np.exp(-((i[:, None] - i) ** 2) / 10)
    if instance is None:
        return np.cos(1 + 3 * i[:, None] + 7 * i) * decay
    return np.random.default_rng(100 + instance).standard_normal((BITS, BITS)) * decay


def optimum(q):
    x = (np.arange(2**BITS)[:, None] >> np.arange(BITS)) & 1
    values = np.einsum("ki,ij,kj->k", x, q, x)
    return int(values.argmin()), float(values.min())


@pytest.mark.parametrize(
    ("instance", "index", "value"),
    [(0, 934, -5.004089), (1, 755, -14.886576), (2, 1014, -8.261565), (None, 660, -3.455533)],
)
def test_the_instances_are_the_published_ones(instance, index, value):
    found, lowest = optimum(bqp(instance))
    assert found == index
    assert lowest == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("instance", "surrogate"), [(None, "bayesian"), (0, "bayesian"), (0, "factorisation")]
)
def test_bqp_is_solved_in_fifty_evaluations(instance, surrogate):
    q = bqp(instance)

    def objective(trial):
        x = np.array([trial.suggest_int(f"x{j}", 0, 1) for j in range(BITS)])
        return float(x @ q @ x)

    sampler = QuboSampler(seed=0, n_startup_trials=20, surrogate=surrogate)
    study = optuna.create_study(sampler=sampler)
    study.optimize(objective, n_trials=50)
    assert study.best_value == pytest.approx(optimum(q)[1])


@pytest.mark.parametrize(
    ("solver", "options"),
    [("exact", {}), ("qaoa", {}), ("dwave", {})],
)
def test_draws_are_minimised_by_the_solver_that_is_named(solver, options):
    sampler = QuboSampler(
        seed=0, n_startup_trials=4, solver=solver, solver_options=options, evaluations=500
    )
    study = optuna.create_study(sampler=sampler)
    study.optimize(lambda t: t.suggest_int("x", 0, 2) * (1 - t.suggest_int("y", 0, 1)), n_trials=6)
    assert study.best_value == 0


def test_unknown_surrogates_are_refused():
    with pytest.raises(ConfigError, match="unknown surrogate `forest`"):
        QuboSampler(surrogate="forest")
