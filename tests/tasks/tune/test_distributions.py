"""Parameters as Optuna's distributions, there and back."""

import optuna
from hypothesis import given
from hypothesis import strategies as st

from qml.config.space import Choices, Range, Switches
from qml.tasks.tune.distributions import distributions, values_of


def drawn(space, seed=0):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
    return study.ask(distributions(space)).params


@given(
    low=st.integers(-50, 50),
    width=st.integers(0, 100),
    step=st.integers(1, 9),
    seed=st.integers(0, 99),
)
def test_whole_numbers_stay_on_their_steps(low, width, step, seed):
    space = (Range(key="n", low=low, high=low + width, step=step, integer=True),)
    (value,) = values_of(space, drawn(space, seed)).values()
    assert low <= value <= low + width
    assert (value - low) % step == 0


@given(seed=st.integers(0, 99))
def test_logarithmic_numbers_stay_within_their_bounds(seed):
    space = (Range(key="lr", low=1e-5, high=1, log=True),)
    assert 1e-5 <= values_of(space, drawn(space, seed))["lr"] <= 1


def test_choices_that_optuna_has_no_word_for_come_back_as_they_were():
    space = (
        Choices(key="solvers", values=(["a"], ["a", "b"], {"c": 1})),
        Choices(key="flag", values=(True, False)),
        Switches(key="model.active", count=3),
    )
    seen = [values_of(space, drawn(space, seed)) for seed in range(60)]
    assert {str(s["solvers"]) for s in seen} == {"['a']", "['a', 'b']", "{'c': 1}"}
    assert {s["flag"] for s in seen} == {True, False}
    assert all(len(s["model.active"]) == 3 for s in seen)
    assert len({tuple(s["model.active"]) for s in seen}) > 4


def test_each_switch_is_a_parameter_of_its_own():
    found = distributions((Switches(key="model.active", count=2),))
    assert list(found) == ["model.active[0]", "model.active[1]"]
