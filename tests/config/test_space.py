"""`[tune.space]` is held against every key and value before anything runs."""

import pytest

from qml.config import json_schema, load, validate
from qml.config.space import Choices, Range, Switches
from qml.config.tuned import parameters
from qml.errors import ConfigError

HEAD = "[tune.space]\n"


def space(tmp_path, text, **pairs):
    (tmp_path / "qml.toml").write_text(text)
    return load(tmp_path, environ={}, pairs=[f"{k}={v}" for k, v in pairs.items()])


def read(tmp_path, line, **pairs):
    return parameters(space(tmp_path, HEAD + line, **pairs).config)


def test_numbers_choices_and_switches(tmp_path):
    found = read(
        tmp_path,
        """
"train.learning_rate" = { low = 1e-4, high = 1, log = true }
"model.layers" = { low = 1, high = 8, step = 2 }
"model.ansatz" = ["ring", "brickwork"]
"model.reuploading" = [true, false]
"sample.qubo.solvers" = [["annealing"], ["tabu", "greedy"]]
"sample.qubo.options.qaoa.layers" = { low = 1, high = 3 }
[tune.space.train]
clip = { low = 0.5, high = 2.0, step = 0.5 }
""",
    )
    by_key = {p.key: p for p in found}
    assert by_key["train.learning_rate"] == Range(
        key="train.learning_rate", low=1e-4, high=1, log=True
    )
    assert by_key["model.layers"].integer
    assert by_key["model.layers"].step == 2
    assert not by_key["train.clip"].integer
    assert by_key["model.ansatz"] == Choices(key="model.ansatz", values=("ring", "brickwork"))
    assert by_key["sample.qubo.solvers"].values[1] == ["tabu", "greedy"]
    assert by_key["sample.qubo.options.qaoa.layers"].integer


def test_layers_that_are_on_or_off(tmp_path):
    assert read(tmp_path, '"model.active" = { switches = 4 }') == (
        Switches(key="model.active", count=4),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"train.learnin_rate" = [0.1]', "did you mean `train.learning_rate`"),
        ('"nothing" = [1]', "is no key of qml.toml"),
        ('"train.learning_rate" = []', "has no choices"),
        ('"train.learning_rate" = [0.1, 0.1]', "names the choice 0.1 twice"),
        ('"train.learning_rate" = [0.1, -1]', "cannot be -1: should be greater than 0"),
        ('"train.learning_rate" = 0.1', "should be a list of choices or"),
        ('"train.learning_rate" = { low = 1, high = 0.1 }', "low = 1 is above high = 0.1"),
        ('"train.learning_rate" = { low = 0.1 }', "needs a number as `high`"),
        ('"train.learning_rate" = { low = 0, high = 1, log = true }', "cannot be logarithmic"),
        (
            '"train.learning_rate" = { low = 1, high = 2, log = true, step = 1 }',
            "cannot be logarithmic: it has a step",
        ),
        ('"train.learning_rate" = { low = 1, high = nan }', "needs a number as `high`"),
        ('"train.learning_rate" = { low = 1, high = 2, stop = 3 }', "has no `stop`"),
        ('"train.learning_rate" = { low = 1, high = 2, step = 0 }', "step = 0 should be above 0"),
        ('"model.layers" = { low = 0, high = 8 }', "cannot be 0"),
        ('"model.layers" = { low = 1, high = 8, step = 0.5 }', "is a whole number"),
        ('"model.layers" = { low = 1.5, high = 8 }', "cannot be 1.5"),
        ('"model.layers" = ["many"]', "cannot be 'many'"),
        ('"model.active" = { switches = 3 }', "one entry for each of 4 `layers`, not 3"),
        ('"model.active" = { switches = 0 }', "should have 1 to 64 switches"),
        ('"train.seed" = [1, 2]', "is no setting that could be tuned"),
        ('"tune.trials" = [1, 2]', "is no setting that could be tuned"),
        ('"budget.run" = [1, 2]', "is no setting that could be tuned"),
    ],
)
def test_what_cannot_be_tuned_is_told_with_its_place(tmp_path, line, said):
    with pytest.raises(ConfigError) as found:
        read(tmp_path, line)
    assert said in found.value.message
    assert found.value.message.startswith("qml.toml:2:")
    assert line in (found.value.details or "")


def test_a_command_has_names_of_its_own(tmp_path):
    line = 'lr = { low = 1, high = 3 }\nkind = ["a", "b"]'
    lr, kind = read(tmp_path, line, **{"tune.command": "'run {lr} {kind}'"})
    assert lr.integer
    assert kind.values == ("a", "b")
    with pytest.raises(ConfigError, match="should be a name"):
        read(tmp_path, '"a-b" = [1]', **{"tune.command": "'run {a}'"})


def test_what_other_keys_say_counts(tmp_path):
    (tmp_path / "qml.toml").write_text("[model]\nlayers = 2\n" + HEAD)
    loaded = space(tmp_path, f"[model]\nlayers = 2\n{HEAD}'model.active' = {{ switches = 2 }}")
    assert loaded.config.tune.space
    with pytest.raises(ConfigError, match="leave at least one layer on"):
        validate({"model": {"layers": 2, "active": [False, False]}})
    with pytest.raises(ConfigError, match="undo each other"):
        validate(
            {
                "model": {
                    "layers": 2,
                    "active": [True, False],
                    "initialisation": "identity_blocks",
                }
            }
        )


def test_the_manifest_keeps_the_space(tmp_path):
    config = space(tmp_path, HEAD + '"train.learning_rate" = [0.1, 1]').config
    assert parameters(validate(config.document())) == parameters(config)


def test_editors_know_the_section():
    assert "space" in json_schema()["$defs"]["TuneSection"]["properties"]
