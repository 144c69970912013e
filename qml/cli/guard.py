"""The outermost boundary: errors become messages and exit codes."""

import functools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from qml.errors import ExitCode, InterruptedRunError, QmlError
from qml.report.documents import error_document
from qml.report.terminal import Terminal


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a command: what it raises is told in words, and decides the exit code."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except QmlError as error:
            _tell(error, options)
            raise typer.Exit(int(error.exit_code)) from None
        except KeyboardInterrupt:
            _interrupted(Terminal(json=bool(options.get("json"))))
            raise typer.Exit(int(ExitCode.INTERRUPTED)) from None
        except BrokenPipeError:  # the reader, e.g. `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(int(ExitCode.OK)) from None
        except Exception as error:  # noqa: BLE001 - the outermost boundary: a bug of ours
            _tell(_as_bug(error), options)
            raise typer.Exit(int(ExitCode.BUG)) from None

    return run


def _interrupted(terminal: Terminal) -> None:
    terminal.say("interrupted")
    if terminal.json:
        terminal.print_document(error_document(InterruptedRunError("interrupted")))


def _tell(error: QmlError, options: dict[str, Any]) -> None:
    if debugging():
        sys.stderr.write(_scrubbed(traceback.format_exc()))
    Terminal(json=bool(options.get("json"))).error(error)


def _scrubbed(text: str) -> str:
    """Take credentials out of what others' code said: it may repeat the key that it was given."""
    from qml.records.secrets import Scrubber

    return Scrubber().text(text)


def debugging() -> bool:
    """Whether tracebacks are wanted: `QML_DEBUG=1`."""
    return os.environ.get("QML_DEBUG", "") not in {"", "0"}


def _as_bug(error: Exception) -> QmlError:
    where = traceback.extract_tb(error.__traceback__)[-1]
    bug = QmlError(
        _scrubbed(f"a bug in qml: {type(error).__name__}: {error}"),
        details=f"{where.name}, line {where.lineno} of {Path(where.filename).name}",
        hint="please report it with the output of QML_DEBUG=1 and of `qml doctor`",
    )
    bug.__cause__ = error
    return bug
