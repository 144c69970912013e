import json

import pytest
import typer

from qml.cli.guard import guarded
from qml.errors import BudgetError, ConfigError


def raising(error: BaseException):
    def command(*, json: bool = False) -> None:
        raise error

    return guarded(command)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("wrong", hint="mend it"), 2),
        (BudgetError("too dear"), 3),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError("a slip"), 70),
        (typer.Exit(1), 1),
    ],
)
def test_errors_become_exit_codes(error, code, capsys):
    with pytest.raises(typer.Exit) as caught:
        raising(error)()
    assert caught.value.exit_code == code
    assert "Traceback" not in capsys.readouterr().err


def test_with_json_an_interruption_is_a_document_too(capsys):
    with pytest.raises(typer.Exit):
        raising(KeyboardInterrupt())(json=True)
    said = capsys.readouterr()
    assert json.loads(said.out)["exit_code"] == 130
    assert said.err == "interrupted\n"


def test_with_json_the_error_is_a_document(capsys):
    with pytest.raises(typer.Exit):
        raising(ConfigError("wrong", hint="mend it"))(json=True)
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "qml.error/1"
    assert document["exit_code"] == 2
    assert document["error"]["hint"] == "mend it"


def test_a_key_in_others_words_is_not_shown(capsys, monkeypatch):
    monkeypatch.setenv("QML_DEBUG", "1")
    monkeypatch.setenv("SOME_VENDORS_TOKEN", "a-key-of-some-length")
    with pytest.raises(typer.Exit):
        raising(ValueError("bad header: a-key-of-some-length"))(json=True)
    said = capsys.readouterr()
    assert "Traceback" in said.err
    assert "a-key-of-some-length" not in said.err + said.out


def test_a_bug_says_what_to_report(capsys, monkeypatch):
    monkeypatch.setenv("QML_DEBUG", "1")
    with pytest.raises(typer.Exit):
        raising(ZeroDivisionError("a slip"))()
    err = capsys.readouterr().err
    assert "a bug in qml: ZeroDivisionError: a slip" in err
    assert "Traceback" in err
