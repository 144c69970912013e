import numpy as np
import optuna
import pytest
from optuna.distributions import FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

from qml.tuning.history import PROPOSAL, common_space, read

X, Y = IntDistribution(0, 3), FloatDistribution(0, 1)


def trial(state=TrialState.COMPLETE, value=None, **params):
    kinds = {"x": X, "y": Y}
    return create_trial(
        state=state, value=value, params=params, distributions={k: kinds[k] for k in params}
    )


def test_a_space_keeps_conditional_parameters_and_drops_changing_ones():
    other = create_trial(
        value=0.0,
        params={"x": 1, "z": 2, "one": 1},
        distributions={"x": X, "z": IntDistribution(0, 9), "one": IntDistribution(1, 1)},
    )
    changed = create_trial(value=0.0, params={"z": 2}, distributions={"z": IntDistribution(0, 8)})
    assert common_space([trial(value=0.0, x=1, y=0.5), other, changed]) == {"x": X, "y": Y}


def test_states():
    """Complete and pruned ones teach; failed and running ones are only not proposed again."""
    study = optuna.create_study(direction="maximize")
    study.add_trial(trial(value=1.0, x=0))
    study.add_trial(trial(value=3.0, x=1))
    study.add_trial(trial(TrialState.PRUNED, x=2))
    study.add_trial(trial(TrialState.FAIL, x=3))
    running = study.ask()
    history = read(study, running.number, {"x": X})
    assert history.levels[:, 0].tolist() == [0, 1, 2]
    assert np.argsort(history.scores).tolist() == [1, 0, 2]
    assert history.best.tolist() == [1]
    assert history.taken == {(0,), (1,), (2,), (3,)}


def test_what_runs_elsewhere_is_taken_before_it_is_asked_for():
    study = optuna.create_study()
    study.add_trial(trial(value=1.0, x=0))
    running = study.ask()
    study._storage.set_trial_system_attr(running._trial_id, PROPOSAL, {"x": 2})
    assert read(study, running.number + 1, {"x": X}).taken == {(0,), (2,)}
    assert read(study, running.number, {"x": X}).taken == {(0,)}


def test_absence_is_a_level_where_some_trial_lacked_the_parameter():
    study = optuna.create_study()
    study.add_trial(trial(value=1.0, x=0))
    study.add_trial(trial(value=2.0, x=1, y=0.5))
    history = read(study, 9, {"x": X, "y": Y})
    assert history.encoding.optional == (False, True)
    assert history.levels[0, 1] == history.encoding.sizes[1] - 1
    assert history.levels[1, 1] < history.levels[0, 1]


def test_cells_of_numbers_may_be_visited_again():
    study = optuna.create_study()
    study.add_trial(trial(value=2.0, y=0.5))
    history = read(study, 9, {"y": Y})
    assert not history.encoding.exact
    assert not history.taken


def test_equal_trials_are_flat():
    study = optuna.create_study()
    assert read(study, 0, {"x": X}).flat
    study.add_trial(trial(value=2.0, x=0))
    study.add_trial(trial(value=2.0, x=1))
    assert read(study, 9, {"x": X}).flat
    study.add_trial(trial(value=np.inf, x=1))
    history = read(study, 9, {"x": X})
    assert not history.flat
    assert history.scores.mean() == pytest.approx(0)
