from pathlib import Path

import pytest

from qml.errors import PluginError
from qml.plugins import load, load_entry, names


def test_unknown_names_list_the_known_ones():
    with pytest.raises(PluginError) as caught:
        load("ansatze", "rng")
    assert "`rng`" in caught.value.message
    assert "ring" in str(caught.value.hint)


def test_every_registered_plugin_loads():
    for family in (
        "models",
        "ansatze",
        "encodings",
        "feature_maps",
        "initialisations",
        "optimizers",
        "gradients",
    ):
        assert names(family)
        for name in names(family):
            assert load(family, name) is not None


def test_entries_of_the_users_project(tmp_path: Path):
    (tmp_path / "my_entry_module.py").write_text("def circuit(x, w):\n    return 1\n")
    assert load_entry("my_entry_module:circuit", tmp_path)(0, 0) == 1
    with pytest.raises(PluginError, match="has no `other`"):
        load_entry("my_entry_module:other", tmp_path)
    with pytest.raises(PluginError, match="no module `absent_module`"):
        load_entry("absent_module:circuit", tmp_path)


def test_a_module_that_fails_is_named(tmp_path: Path):
    (tmp_path / "broken_entry_module.py").write_text("1 / 0\n")
    with pytest.raises(PluginError, match="ZeroDivisionError"):
        load_entry("broken_entry_module:circuit", tmp_path)
