"""Run a command of the user's: no shell, an end in time, the tail of what it printed."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from qml.errors import InterruptedRunError, UsageError

LOOK_UP = 0.02
GRACE = 5.0
"""Seconds that a command has to end after SIGTERM."""
TAIL = 20
"""Lines of what it printed that are kept in an error."""
MOST_READ = 1_000_000
"""Bytes at the end of what it printed that are looked at."""


class Printed(NamedTuple):
    """What a command printed that ended well."""

    stdout: str
    stderr: str
    seconds: float


def words_of(command: str, values: Mapping[str, Any]) -> list[str]:
    """Split a command into words and put values in the place of `{name}`.

    A value is always part of one word: no shell reads it, whatever it holds.

    Args:
        command: E.g. `python train.py --lr {lr}`.
        values: Values by name.
    """
    written = {name: _written(value) for name, value in values.items()}
    return [word.format(**written) for word in shlex.split(command)]


def beside_qml(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which `python` is the interpreter that runs qml."""
    path = [str(Path(sys.executable).parent), environ.get("PATH", os.defpath)]
    return {**environ, "PATH": os.pathsep.join(path)}


def run_command(
    words: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    *,
    timeout: float | None,
    stop: Callable[[], bool],
) -> Printed:
    """Run a command to its end.

    Raises:
        UsageError: It does not start, fails, or takes too long; the end of what it said is told.
        InterruptedRunError: Somebody asked to stop; it was ended.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        process = _started(words, folder, environ, out, err)
        try:
            _watch(process, words[0], None if timeout is None else started + timeout, stop, err)
        finally:
            _end(process)
        seconds = time.monotonic() - started
        if process.returncode != 0:
            raise UsageError(
                f"`{words[0]}` ended with exit code {process.returncode}{_tail(err)}",
            )
        return Printed(_text(out), _text(err), seconds)


def _started(
    words: Sequence[str], folder: Path, environ: Mapping[str, str], out: IO[bytes], err: IO[bytes]
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the user's own command, as words, without a shell
            words,
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,  # Ctrl-C is the study's to hear, and its children end with it
        )
    except OSError as error:
        raise UsageError(f"`{words[0]}` does not start: {error.strerror}") from error


def _watch(
    process: subprocess.Popen[bytes],
    program: str,
    until: float | None,
    stop: Callable[[], bool],
    err: IO[bytes],
) -> None:
    while process.poll() is None:
        if stop():
            raise InterruptedRunError(f"`{program}` was ended")
        if until is not None and time.monotonic() > until:
            raise UsageError(f"`{program}` took longer than tune.timeout allows{_tail(err)}")
        time.sleep(LOOK_UP)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command and all that it started, politely first."""
    if process.poll() is not None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return
        try:
            process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            continue
        return


def _tail(stream: IO[bytes]) -> str:
    """Return the last lines of an error stream, or nothing."""
    lines = [line for line in _text(stream).splitlines() if line.strip()][-TAIL:]
    return ": " + "\n".join(lines) if lines else ""


def _text(stream: IO[bytes]) -> str:
    stream.flush()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - MOST_READ))
    return stream.read().decode(errors="replace")


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else str(value)
