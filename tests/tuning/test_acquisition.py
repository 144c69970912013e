import logging

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.solvers import Answer
from qml.errors import ConfigError, PluginError
from qml.tuning import acquisition
from qml.tuning.acquisition import Minimiser, problem_of, untried
from qml.tuning.surrogates.base import Draw


def random_draw(encoding, seed):
    rng = np.random.default_rng(seed)
    half = np.triu(rng.standard_normal((encoding.bits,) * 2)) * encoding.between()
    return Draw(rng.standard_normal(encoding.bits), half + half.T)


def everything(encoding):
    return np.stack(np.meshgrid(*map(np.arange, encoding.sizes), indexing="ij"), -1).reshape(
        -1, len(encoding.sizes)
    )


def test_a_problem_has_the_values_of_its_draw(encoding_of):
    encoding = encoding_of([3, 2, 4])
    draw, rows = random_draw(encoding, 0), everything(encoding)
    problem = problem_of(draw, encoding)
    assert problem.objectives(encoding.onehot(rows)) == pytest.approx(
        draw.values(encoding.onehot(rows))
    )
    assert problem.feasible(encoding.onehot(rows)).all()
    assert len(set(problem.names)) == 9


@given(st.lists(st.integers(2, 5), min_size=2, max_size=4), st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_minima_keep_the_groups_and_are_found(encoding_of, sizes, seed):
    encoding = encoding_of(sizes)
    draw, rows = random_draw(encoding, seed), everything(encoding)
    found = Minimiser().minimise(draw, encoding, rows[0], seed)
    values = draw.values(encoding.onehot(rows))
    assert draw.values(encoding.onehot(found[None]))[0] == pytest.approx(values.min())


@pytest.mark.parametrize("solver", ["exact", "greedy", "local_search", "tabu"])
def test_other_solvers_by_name(encoding_of, solver):
    encoding = encoding_of([3, 3, 2])
    draw = random_draw(encoding, 1)
    found = Minimiser(solver=solver, evaluations=500).minimise(
        draw, encoding, np.zeros(3, dtype=np.intp), 0
    )
    values = draw.values(encoding.onehot(everything(encoding)))
    reached = draw.values(encoding.onehot(found[None]))[0]
    assert reached == pytest.approx(values.min()) if solver == "exact" else reached < values.mean()


def test_no_feasible_answer_is_told(encoding_of, caplog, monkeypatch):
    """As of a sampler on a machine that keeps groups by penalties alone."""
    answer = Answer(
        solver="dwave",
        best=None,
        objective=None,
        mean=None,
        feasible=0.0,
        proposals=7,
        bound=None,
        evaluations=7,
        seconds=0.1,
        trace=(),
    )
    monkeypatch.setattr(acquisition, "solve", lambda *_, **__: answer)
    encoding, start = encoding_of([5, 5, 5]), np.array([1, 2, 3])
    with caplog.at_level(logging.WARNING):
        found = Minimiser(solver="dwave").minimise(random_draw(encoding, 0), encoding, start, 0)
    assert found.tolist() == start.tolist()
    assert "dwave found no setting that keeps the one-hot groups in 7" in caplog.text


def test_unknown_solvers_and_settings_are_refused():
    with pytest.raises(PluginError, match="unknown solver `anealing`"):
        Minimiser(solver="anealing").check()
    with pytest.raises(ConfigError, match="reeds"):
        Minimiser(options={"reeds": 3}).check()


def test_untried_settings_are_the_best_new_ones_nearby(encoding_of):
    encoding = encoding_of([3, 3])
    draw, rows = random_draw(encoding, 2), everything(encoding)
    order = rows[np.argsort(draw.values(encoding.onehot(rows)))]
    best = order[0]
    assert untried(best, draw, encoding, frozenset()) is best
    near = [row for row in order[1:] if (row != best).sum() == 1]
    found = untried(best, draw, encoding, frozenset({tuple(best.tolist())}))
    assert found.tolist() == near[0].tolist()
    taken = frozenset(tuple(r.tolist()) for r in [best, *near])
    found = untried(best, draw, encoding, taken)
    assert (found != best).sum() == 2
    assert untried(best, draw, encoding, frozenset(map(tuple, rows.tolist()))) is None
