import numpy as np
import optuna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, rankdata

from qml.tuning.ranks import merit, normal_scores


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_scores_are_van_der_waerdens(values):
    scores = normal_scores([(0, float(v), 0.0) for v in values])
    expected = norm.ppf((rankdata(values) - 0.5) / len(values))
    expected -= expected.mean()
    if len(set(values)) > 1:
        expected /= expected.std()
    assert scores == pytest.approx(expected, abs=1e-9)


def test_scores_do_not_see_how_bad_the_bad_ones_are():
    assert (
        normal_scores([(0, 1.0, 0.0), (0, 2.0, 0.0)])
        == normal_scores([(0, 1.0, 0.0), (0, np.inf, 0.0)])
    ).all()


def make(state, value=None, steps=None, violation=None):
    attrs = {} if violation is None else {"constraints": [violation]}
    return optuna.trial.create_trial(
        state=state, value=value, intermediate_values=steps or {}, system_attrs=attrs
    )


def test_complete_before_pruned_before_infeasible():
    complete, pruned = optuna.trial.TrialState.COMPLETE, optuna.trial.TrialState.PRUNED
    trials = [
        make(complete, 3.0),
        make(complete, np.inf),
        make(pruned, steps={9: 0.1}),
        make(pruned, steps={2: 0.1}),
        make(pruned, steps={2: np.nan}),
        make(pruned),
        make(complete, 0.0, violation=0.5),
        make(complete, 0.0, violation=2.0),
    ]
    keys = [merit(t, 1.0) for t in trials]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_the_sign_turns_values():
    better, worse = (
        make(optuna.trial.TrialState.COMPLETE, 2.0),
        make(optuna.trial.TrialState.COMPLETE, 1.0),
    )
    assert merit(better, -1.0) < merit(worse, -1.0)
