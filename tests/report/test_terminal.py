"""Data on stdout, talk on stderr."""

import io
import json
import subprocess
import sys

import pytest

from qml.errors import BudgetError, ConfigError
from qml.report.terminal import Terminal


class Tty(io.StringIO):
    def isatty(self):
        return True


def terminal(*, tty=False, stdin="", environ=None, **options):
    make = Tty if tty else io.StringIO
    environ = {"TERM": "xterm-256color", **(environ or {})}
    streams = {"stdin": make(stdin), "stdout": make(), "stderr": make()}
    return Terminal(**streams, environ=environ, **options), streams["stdout"], streams["stderr"]


ERROR = ConfigError(
    "qml.toml:2:10: `train.epochs`: should be greater than or equal to 1",
    details="  |\n2 | epochs = 0\n  |          ^ got 0",
    hint="Passes over the training rows. Leave it out for the default, 30.",
)


def test_error_says_what_where_and_what_next():
    term, out, err = terminal()
    term.error(ERROR)
    assert out.getvalue() == ""
    assert err.getvalue() == (
        "error: qml.toml:2:10: `train.epochs`: should be greater than or equal to 1\n"
        "    |\n"
        "  2 | epochs = 0\n"
        "    |          ^ got 0\n"
        "  = help: Passes over the training rows. Leave it out for the default, 30.\n"
    )


def test_error_without_hint_and_details_is_one_line():
    term, _, err = terminal()
    term.error(BudgetError("the cap of 5.00 USD would be exceeded"))
    assert err.getvalue() == "error: the cap of 5.00 USD would be exceeded\n"


def test_later_lines_of_a_hint_stand_beneath_the_first():
    term, _, err = terminal()
    term.error(ConfigError("no", hint="one\ntwo"))
    assert err.getvalue() == "error: no\n  = help: one\n          two\n"


def test_brackets_and_long_lines_of_an_error_are_kept():
    term, _, err = terminal(environ={"COLUMNS": "20"})
    message = f"[bold] [train] `{'x' * 60}` :smile:"
    term.error(ConfigError(message))
    assert err.getvalue() == f"error: {message}\n"


def test_with_json_an_error_is_one_document_on_stdout_too():
    term, out, err = terminal(json=True)
    term.error(ERROR)
    document = json.loads(out.getvalue())
    assert document["schema"] == "qml.error/1"
    assert document["exit_code"] == 2
    assert document["error"]["hint"] == ERROR.hint
    assert err.getvalue().startswith("error: ")


def test_colour_on_a_terminal_only_and_not_where_it_is_refused():
    for options, coloured in (
        ({"tty": True}, True),
        ({"tty": True, "environ": {"NO_COLOR": "1"}}, False),
        ({}, False),
        ({"environ": {"FORCE_COLOR": "1"}}, True),
    ):
        term, _, err = terminal(**options)
        term.error(ERROR)
        assert ("\x1b[1;31m" in err.getvalue()) is coloured, options


def test_quiet_keeps_warnings_and_errors():
    term, out, err = terminal(quiet=True)
    term.say("hello")
    term.warn("careful")
    assert err.getvalue() == "warning: careful\n"
    assert out.getvalue() == ""


def test_talk_never_goes_to_stdout():
    term, out, err = terminal()
    term.say("hello")
    assert (out.getvalue(), err.getvalue()) == ("", "hello\n")


def test_show_prints_the_table_or_the_document():
    term, out, _ = terminal()
    term.show({"a": 1}, "[table]")
    assert out.getvalue() == "[table]\n"
    term, out, _ = terminal(json=True)
    term.show({"a": 1}, "[table]")
    assert json.loads(out.getvalue()) == {"a": 1}


def test_a_stream_that_lacks_a_character_does_not_stop_the_command():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    term = Terminal(stdin=io.StringIO(), stdout=stream, stderr=stream, environ={})
    term.print_document({"name": "é"})
    term.say("é")
    assert json.loads(raw.getvalue().decode().splitlines()[1].join("{}")) == {"name": "é"}
    assert raw.getvalue().endswith(b"?\n")


@pytest.mark.parametrize(
    ("answer", "options", "expected"),
    [
        ("y\n", {}, True),
        ("YES\n", {}, True),
        ("\n", {}, False),
        ("", {}, False),
        ("y\n", {"no_input": True}, False),
        ("y\n", {"environ": {"CI": "true"}}, False),
        ("y\n", {"tty": False}, False),
    ],
)
def test_confirm(answer, options, expected):
    term, out, _ = terminal(**{"tty": True, "stdin": answer, **options})
    assert term.confirm("Spend 3.20 USD?") is expected
    assert out.getvalue() == ""


def test_progress_is_chosen_by_the_stream():
    kinds = [
        type(terminal(**options)[0].progress()).__name__
        for options in ({"tty": True}, {}, {"quiet": True}, {"tty": True, "quiet": True})
    ]
    assert kinds == ["RichProgress", "LineProgress", "Silence", "Silence"]
    dumb, _, _ = terminal(tty=True, environ={"TERM": "dumb"})
    assert type(dumb.progress()).__name__ == "LineProgress"


def test_importing_the_terminal_does_not_import_rich():
    code = (
        "import sys, qml.report.terminal as t; t.Terminal(); print([m for m in sys.modules "
        "if m.split('.')[0] in ('rich', 'numpy', 'jax', 'typer', 'jinja2')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
