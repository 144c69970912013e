from pathlib import Path

import pytest

from qml.config import load, validate
from qml.errors import ConfigError


def project(tmp_path: Path, text: str) -> Path:
    (tmp_path / "qml.toml").write_text(text)
    return tmp_path


def failure(tmp_path: Path, text: str, **options) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(project(tmp_path, text), environ=options.pop("environ", {}), **options)
    return caught.value


def shown(error: ConfigError) -> str:
    return "\n".join(filter(None, [error.message, error.details, f"help: {error.hint}"]))


def test_precedence_flag_over_set_over_environment_over_file_over_user(tmp_path: Path):
    user = tmp_path / "user.toml"
    user.write_text(
        "[train]\nepochs = 1\nbatch_size = 7\nseed = 1\nsteps = 1\nlearning_rate = 0.5\n"
    )
    folder = project(tmp_path, "[train]\nepochs = 2\nseed = 2\nsteps = 2\nlearning_rate = 0.25\n")
    loaded = load(
        folder,
        environ={"QML_TRAIN__EPOCHS": "3", "QML_TRAIN__SEED": "3", "QML_TRAIN__STEPS": "3"},
        pairs=["train.epochs=4", "train.seed=4"],
        flags=["train.epochs=5"],
        user_file=user,
    )
    train = loaded.config.train
    assert (train.epochs, train.seed, train.steps) == (5, 4, 3)
    assert (train.learning_rate, train.batch_size) == (0.25, 7)
    assert loaded.origins == {
        "train.epochs": "flag train.epochs",
        "train.seed": "--set train.seed",
        "train.steps": "QML_TRAIN__STEPS",
        "train.learning_rate": "qml.toml:5",
        "train.batch_size": f"{user}:3",
    }


def test_a_file_above_the_folder_is_found(tmp_path: Path):
    folder = project(tmp_path, "[project]\nname = 'above'\n") / "a" / "b"
    folder.mkdir(parents=True)
    loaded = load(folder, environ={})
    assert loaded.config.project.name == "above"
    assert loaded.root == tmp_path.resolve()


def test_a_source_of_data_unsets_the_ones_below(tmp_path: Path):
    folder = project(tmp_path, "[data]\nname = 'digits'\n")
    loaded = load(folder, environ={}, pairs=["data.path=a.csv"])
    assert (loaded.config.data.name, loaded.config.data.path) == (None, "a.csv")
    assert "data.name" not in loaded.origins


def test_one_letter_keys_by_environment(tmp_path: Path):
    assert load(tmp_path, environ={"QML_MODEL__C": "10"}).config.model.C == 10
    assert (
        load(tmp_path, environ={"QML_BACKEND__NOISE__READOUT": "0.1"}).config.backend.noise.readout
        == 0.1
    )


def test_value_out_of_range_has_line_and_caret(tmp_path: Path):
    error = failure(tmp_path, '[backend]\nname = "jax"\nshots = -5  # few\n')
    assert shown(error) == (
        "qml.toml:3:9: `backend.shots`: should be greater than or equal to 0\n"
        "  |\n"
        "3 | shots = -5  # few\n"
        "  |         ^^ got -5\n"
        "help: Shots per circuit; 0 is exact expectations. Where it is not set and a backend can"
        " only sample, 1000 (shots). Leave it out for the default, 0."
    )


def test_unknown_key_points_at_the_key_and_suggests(tmp_path: Path):
    error = failure(tmp_path, "[train]\n  epoch = 3\n")
    assert shown(error) == (
        "qml.toml:2:3: unknown key `train.epoch`\n"
        "  |\n"
        "2 |   epoch = 3\n"
        "  |   ^^^^^\n"
        "help: did you mean `train.epochs`?"
    )


def test_unknown_table(tmp_path: Path):
    error = failure(tmp_path, "[trian]\nepochs = 3\n")
    assert error.message == "qml.toml:1:2: unknown key `trian`"
    assert error.hint == "did you mean `train`?"


def test_wrong_type(tmp_path: Path):
    error = failure(tmp_path, "[train]\nepochs = 'many'\n")
    assert error.message.startswith("qml.toml:2:10: `train.epochs`: should be a valid integer")
    assert error.details is not None
    assert error.details.endswith("^^^^^^ got 'many'")


def test_not_one_of_the_words(tmp_path: Path):
    error = failure(tmp_path, "[data]\nscale = 'log'\n")
    assert "'auto', 'angle', 'standard' or 'none'" in error.message


def test_value_in_a_list(tmp_path: Path):
    error = failure(tmp_path, "[model]\nweights = [\n  2,\n  'a',\n]\n[train]\nseed = 0\n")
    assert error.message.startswith("qml.toml:2:11: `model.weights`")


def test_dotted_key_and_inline_table(tmp_path: Path):
    error = failure(tmp_path, "backend.shots = -1\n")
    assert error.message.startswith("qml.toml:1:17: `backend.shots`")
    error = failure(tmp_path, "[backend]\nnoise = { readout = 2 }\n")
    assert "backend.noise.readout" in error.message


def test_syntax_error(tmp_path: Path):
    error = failure(tmp_path, "[train]\nepochs = = 3\n")
    assert error.message.startswith("qml.toml:2:10: not valid TOML")
    assert error.details == "  |\n2 | epochs = = 3\n  |          ^"


def test_syntax_error_at_the_end(tmp_path: Path):
    error = failure(tmp_path, "[train\n")
    assert "not valid TOML" in error.message
    assert error.details is not None


def test_environment_and_set_are_named_as_the_user_wrote_them(tmp_path: Path):
    error = failure(tmp_path, "", environ={"QML_TRAIN__EPOCHS": "0"})
    assert error.message.startswith("QML_TRAIN__EPOCHS: `train.epochs`")
    assert error.message.endswith("got 0")
    error = failure(tmp_path, "", pairs=["train.epoch=1"])
    assert error.message == "--set train.epoch: unknown key `train.epoch`"
    error = failure(tmp_path, "", pairs=["train.epochs"])
    assert error.message == "--set `train.epochs`: expected key=value"


def test_two_sources_of_data_in_one_file(tmp_path: Path):
    error = failure(tmp_path, "[data]\nname = 'digits'\npath = 'a.csv'\n")
    assert error.message == "qml.toml:3: `data.path` cannot stand beside `data.name`"
    assert error.details is not None


def test_validate_takes_a_document():
    assert validate({"train": {"epochs": 3}}).train.epochs == 3
    with pytest.raises(ConfigError, match=r"unknown key `train\.epoch`"):
        validate({"train": {"epoch": 3}})
    assert validate(validate({"data": {"name": "digits"}}).document()).data.name == "digits"


def test_a_scalar_where_a_table_is_wanted(tmp_path: Path):
    error = failure(tmp_path, "train = 3\n")
    assert error.message.startswith("qml.toml:1:9: `train`")
