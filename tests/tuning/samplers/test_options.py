import subprocess
import sys

import optuna
import pytest

import qml.tuning
from qml.errors import ConfigError, MissingExtraError
from qml.plugins import load, names
from qml.tuning import AutoSampler, LinearSampler, QuboSampler
from qml.tuning.extra import require_optuna

KINDS = {
    "auto": AutoSampler,
    "cma": optuna.samplers.CmaEsSampler,
    "linear": LinearSampler,
    "qubo": QuboSampler,
    "random": optuna.samplers.RandomSampler,
    "tpe": optuna.samplers.TPESampler,
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_name_makes_its_sampler(name):
    assert name in names("searchers")
    assert type(load("searchers", name)(seed=1, options={})) is KINDS[name]


def test_options_are_handed_on():
    make = load("searchers", "qubo")
    sampler = make(seed=1, options={"surrogate": "factorisation", "heat": 0.5, "solver": "tabu"})
    assert sampler._heat == 0.5
    assert load("searchers", "tpe")(seed=1, options={"n_startup_trials": 3})._n_startup_trials == 3


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("qubo", {"surogate": "x"}, "`QuboSampler` has no option `surogate`"),
        ("auto", {"surrogate": "x"}, "`AutoSampler` has no option `surrogate`"),
        ("linear", {"heat": "hot"}, "`LinearSampler` refuses its options"),
        ("tpe", {"seed": 3}, "`TPESampler` has no option `seed`"),
    ],
)
def test_unknown_options_are_refused(name, options, message):
    with pytest.raises(ConfigError, match=message):
        load("searchers", name)(seed=1, options=options)


def test_optuna_is_loaded_with_the_samplers_and_not_before():
    code = "import sys, qml, qml.tuning; assert 'optuna' not in sys.modules; qml.tuning.QuboSampler"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="no attribute `Nothing`"):
        _ = qml.tuning.Nothing


def test_a_missing_optuna_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(MissingExtraError, match="optuna") as caught:
        require_optuna()
    assert "[tune]" in (caught.value.hint or "")
