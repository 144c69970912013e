"""What every sampler with a surrogate does, in real studies."""

import optuna
import pytest
from optuna.storages import InMemoryStorage, JournalStorage, RDBStorage
from optuna.storages.journal import JournalFileBackend

from qml.errors import ConfigError, PlanError
from qml.tuning import AutoSampler, LinearSampler, QuboSampler
from qml.tuning.samplers.surrogate import DESIGN, HOW

SAMPLERS = [AutoSampler, LinearSampler, QuboSampler]


def objective(trial):
    kind = trial.suggest_categorical("kind", ["a", "b", "c"])
    width = trial.suggest_int("width", 0, 5)
    depth = trial.suggest_categorical("depth", [1, 2, 4])
    return (kind != "b") + abs(width - 3) / 2 + (depth == 4) * (width > 3)


def study_of(sampler, trials=0, function=objective, **settings):
    study = optuna.create_study(sampler=sampler, **settings)
    study.optimize(function, n_trials=trials)
    return study


def settings_of(study):
    return [t.params for t in study.trials]


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_studies_repeat_with_their_seed_and_do_not_repeat_settings(sampler):
    one, other = (study_of(sampler(seed=3), 20) for _ in range(2))
    assert settings_of(one) == settings_of(other)
    assert settings_of(one) != settings_of(study_of(sampler(seed=4), 20))
    assert len({tuple(sorted(p.items())) for p in settings_of(one)}) == 20
    assert one.best_value <= 0.5


def test_the_design_tries_every_level_first():
    study = study_of(QuboSampler(seed=0), 11)
    begun = [t for t in study.trials if t.user_attrs.get(HOW) in (None, DESIGN)]
    assert len(begun) == 10
    for name, values in {"kind": 3, "width": 6, "depth": 3}.items():
        assert len({t.params[name] for t in begun}) == values
    assert study.trials[-1].user_attrs[HOW] == "quadratic"


def test_maximising_is_minimising_the_negative():
    best = study_of(LinearSampler(seed=1), 16)
    turned = study_of(LinearSampler(seed=1), 16, lambda t: -objective(t), direction="maximize")
    assert settings_of(best) == settings_of(turned)


@pytest.mark.parametrize("kind", ["sqlite", "journal"])
def test_a_study_goes_on_from_its_storage_as_if_it_had_not_stopped(tmp_path, kind):
    whole = study_of(QuboSampler(seed=5), 16)
    for trials in (13, 3):  # a new sampler each time, as after a crash
        storage = (
            RDBStorage(f"sqlite:///{tmp_path / 's.db'}")
            if kind == "sqlite"
            else JournalStorage(JournalFileBackend(str(tmp_path / "s.log")))
        )
        optuna.create_study(
            storage=storage, study_name="s", sampler=QuboSampler(seed=5), load_if_exists=True
        ).optimize(objective, n_trials=trials)
    assert settings_of(optuna.load_study(storage=storage, study_name="s")) == settings_of(whole)


def test_workers_with_one_seed_do_not_propose_the_same():
    """All ask before one tells; without heat all draws are alike, so only the storage helps."""
    storage = InMemoryStorage()
    optuna.create_study(storage=storage, study_name="s").optimize(objective, n_trials=12)
    workers = [
        optuna.load_study(storage=storage, study_name="s", sampler=QuboSampler(seed=0, heat=0))
        for _ in range(3)
    ]
    trials = [study.ask() for study in workers]
    for trial in trials:
        assert trial.relative_params  # proposed, but no value was asked for
    asked = [tuple(sorted(trial.relative_params.items())) for trial in trials]
    assert len(set(asked)) == 3


def test_threads():
    study = optuna.create_study(sampler=AutoSampler(seed=0))
    study.optimize(objective, n_trials=16, n_jobs=3)
    assert len(study.trials) == 16
    assert all(t.state.name == "COMPLETE" for t in study.trials)


def test_failed_and_pruned_trials():
    def fragile(trial):
        value = objective(trial)
        if trial.params["kind"] == "a":
            return float("nan")
        if trial.params["width"] == 0:
            trial.report(value, 1)
            raise optuna.TrialPruned
        return value

    study = study_of(QuboSampler(seed=0), 20, fragile)
    assert {t.state.name for t in study.trials} == {"COMPLETE", "PRUNED", "FAIL"}
    assert len({tuple(sorted(p.items())) for p in settings_of(study)}) == 20
    assert study.best_value <= 0.5


def test_constraints_sort_the_forbidden_last():
    def constrained(trial):
        value = objective(trial)
        trial.set_constraint("kind", 1.0 if trial.params["kind"] == "b" else -1.0)
        return value

    study = study_of(QuboSampler(seed=0), 24, constrained)
    late = [t.params["kind"] for t in study.trials[12:]]
    assert late.count("b") <= 4


def test_conditional_and_mixed_spaces():
    def mixed(trial):
        if trial.suggest_categorical("optimiser", ["adam", "sgd"]) == "sgd":
            momentum = trial.suggest_float("momentum", 0, 1)
        else:
            momentum = 0.2
        rate = trial.suggest_float("rate", 1e-6, 1, log=True)
        batch = trial.suggest_int("batch", 8, 512, log=True)
        return abs(momentum - 0.9) + (rate > 1e-2) + batch / 512

    study = study_of(AutoSampler(seed=0), 25, mixed)
    assert {"momentum" in p for p in settings_of(study)} == {True, False}
    assert study.best_value < 0.4


def test_a_space_that_is_used_up_is_sampled_at_random_again():
    study = study_of(
        QuboSampler(seed=0), 8, lambda t: t.suggest_int("x", 0, 2), direction="maximize"
    )
    assert [t.user_attrs.get(HOW) for t in study.trials[1:3]] == [DESIGN, DESIGN]
    assert len(study.trials) == 8
    assert study.best_value == 2


def test_trials_of_equal_value_are_no_trouble():
    assert (
        len(study_of(AutoSampler(seed=0), 14, lambda t: t.suggest_int("x", 0, 30) * 0).trials) == 14
    )


def test_enqueued_trials_are_kept():
    study = optuna.create_study(sampler=QuboSampler(seed=0))
    study.enqueue_trial({"width": 5})
    study.optimize(objective, n_trials=3)
    assert study.trials[0].params["width"] == 5


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_several_objectives_are_refused_before_anything_is_evaluated(sampler):
    study = optuna.create_study(directions=["minimize", "maximize"], sampler=sampler(seed=0))
    with pytest.raises(PlanError, match="handles one objective, and study"):
        study.ask()


@pytest.mark.parametrize(
    "settings",
    [{"n_startup_trials": 0}, {"heat": -1.0}, {"heat": float("nan")}, {"evaluations": 0}],
)
def test_settings_out_of_range(settings):
    with pytest.raises(ConfigError):
        LinearSampler(**settings)
