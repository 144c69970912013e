"""Names of sources."""

import pytest

from qml.errors import PluginError, UsageError
from qml.language.sources import open_source


@pytest.mark.parametrize("name", ["", "smollm2", "gguf:", ":x"])
def test_malformed(name: str) -> None:
    with pytest.raises(UsageError, match="names no language model") as caught:
        open_source(name)
    assert "gguf:PATH" in str(caught.value.hint)


def test_an_unknown_kind() -> None:
    with pytest.raises(PluginError, match="unknown language_model `onnx`"):
        open_source("onnx:model")
