"""What cannot work, and what cannot be capped, is refused before anything is made."""

import pytest

from qml.config import validate
from qml.config.tuned import parameters
from qml.errors import ConfigError
from qml.tasks.tune.checks import check_sampler, check_trained
from qml.tasks.tune.jobs import trial_config
from qml.tasks.tune.unpriced import check_cap, unpriced

RATE = {"train.learning_rate": {"low": 0.1, "high": 0.2}}
PATH = "sample.qubo.seconds"


def sampling(space=None, **llm):
    tune = {"task": "sample", "metric": "objective", "space": space or {}}
    return validate({"tune": tune, "sample": {"kind": "llm", "llm": llm}})


@pytest.mark.parametrize(
    ("kind", "space"), [("iqp", RATE), ("variational", {"model.kind": ["variational", "rbm"]})]
)
def test_generative_models_are_refused(kind, space):
    config = validate({"model": {"kind": kind}, "tune": {"space": space}})
    with pytest.raises(ConfigError, match="is a generative model, and `qml tune` tunes none"):
        check_trained(config, parameters(config))


def test_classifiers_are_not():
    config = validate({"tune": {"space": {"model.kind": ["variational", "kernel"]}}})
    check_trained(config, parameters(config))


def test_no_annealer_chooses_the_trials():
    config = validate({"tune": {"sampler": "qubo", "options": {"solver": "dwave"}, "space": RATE}})
    with pytest.raises(ConfigError, match="`qml tune` opens none") as found:
        check_sampler(config)
    assert "evaluator" in found.value.hint


@pytest.mark.parametrize(
    "config",
    [
        validate({"tune": {"command": "echo {x}", "space": {"x": [1, 2]}}}),
        sampling(model="openai:gpt-4o-mini"),
        sampling({"sample.llm.model": ["gguf:smollm2", "openai:gpt-4o-mini"]}),
    ],
)
def test_a_cap_that_nobody_could_hold_is_refused(config):
    with pytest.raises(ConfigError, match="--max-cost cannot hold here"):
        check_cap(config)


@pytest.mark.parametrize(
    "config",
    [
        validate({"tune": {"space": RATE}}),
        sampling(model="gguf:smollm2"),
        sampling(model="openai:gpt-4o-mini", stored=True),
    ],
)
def test_where_all_money_is_counted_it_holds(config):
    assert unpriced(config) is None
    check_cap(config)


def test_trials_of_a_sampling_write_no_file_of_the_user():
    document = {
        "sample": {"kind": "qubo", "qubo": {"output": "best.json"}, "ising": {"output": "d.npz"}},
        "tune": {"task": "sample", "metric": "best", "space": {PATH: [1.0, 2.0]}},
    }
    found = trial_config(validate(document), {PATH: 2.0}).sample
    assert found.qubo.output is None
    assert found.ising.output is None
    assert found.qubo.seconds == 2.0
