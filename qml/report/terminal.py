"""The one writer: data goes to stdout, talk goes to stderr. Rich is imported when first needed."""

import os
import sys
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from qml.errors import QmlError
from qml.ports import Progress, Silence
from qml.report.documents import dumps, error_document

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

# A pipe has no width; wide enough for the full tables.
_PIPE_WIDTH = 100


class Terminal:
    """Standard streams of one command.

    Args:
        stdin: Where answers come from; `sys.stdin` by default.
        stdout: Where data goes; `sys.stdout` by default.
        stderr: Where talk goes; `sys.stderr` by default.
        environ: Environment (NO_COLOR, FORCE_COLOR, COLUMNS, TERM, CI); `os.environ` by default.
        json: Results are printed as JSON documents, failures too.
        quiet: Only data, warnings and errors.
        no_input: Never ask.
    """

    def __init__(
        self,
        *,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
        json: bool = False,
        quiet: bool = False,
        no_input: bool = False,
    ) -> None:
        self._stdin = sys.stdin if stdin is None else stdin
        self._stdout = _lenient(sys.stdout if stdout is None else stdout)
        self._stderr = _lenient(sys.stderr if stderr is None else stderr)
        self._environ = os.environ if environ is None else environ
        self.json = json
        self.quiet = quiet
        self.no_input = no_input

    @cached_property
    def out(self) -> "Console":
        """Console on stdout."""
        return self._console(self._stdout)

    @cached_property
    def err(self) -> "Console":
        """Console on stderr."""
        return self._console(self._stderr)

    def print(self, renderable: "RenderableType") -> None:
        """Print data for people on stdout."""
        self.out.print(renderable, markup=False, highlight=False, emoji=False)

    def print_text(self, text: str) -> None:
        """Print text on stdout as it is: no wrapping, no colour."""
        self._stdout.write(text if text.endswith("\n") else text + "\n")
        self._stdout.flush()

    def print_document(self, document: Mapping[str, Any]) -> None:
        """Print one JSON document on stdout."""
        encoding = (getattr(self._stdout, "encoding", None) or "utf-8").lower()
        self.print_text(dumps(document, ascii_only=not encoding.startswith("utf")))

    def show(self, document: Mapping[str, Any], renderable: "RenderableType") -> None:
        """Print a result: the document with `--json`, else what is made for people."""
        if self.json:
            self.print_document(document)
        else:
            self.print(renderable)

    def say(self, message: str) -> None:
        """Tell a person something on stderr, unless quiet."""
        if not self.quiet:
            self._talk(message)

    def warn(self, message: str) -> None:
        """Warn on stderr."""
        self._talk(message, "warning: ", "bold yellow")

    def error(self, error: QmlError) -> None:
        """Say on stderr what failed, where and what to do next; with `--json` also on stdout."""
        self._talk(error.message, "error: ", "bold red")
        for line in (error.details or "").splitlines():
            self._talk(f"  {line}", style="dim" if line.rstrip().endswith("|") else None)
        if error.hint:
            first, *rest = error.hint.splitlines()
            self._talk(first, "  = help: ", "bold cyan")
            for line in rest:
                self._talk(f"          {line}")
        if self.json:
            self.print_document(error_document(error))

    def confirm(self, question: str) -> bool:
        """Ask a yes-or-no question on stderr; the answer is no where nobody can be asked."""
        if not self.can_ask:
            return False
        self._stderr.write(f"{question} [y/N] ")
        self._stderr.flush()
        return self._stdin.readline().strip().lower() in {"y", "yes"}

    @property
    def can_ask(self) -> bool:
        """Whether a person is there: no `--no-input`, no CI, and terminals on both sides."""
        silent = self.no_input or self._environ.get("CI", "").lower() in {"1", "true"}
        return not silent and self._stdin.isatty() and self._stderr.isatty()

    def progress(self) -> Progress:
        """Return bars on a terminal, now and then a line elsewhere, nothing where quiet."""
        if self.quiet:
            return Silence()
        if self.err.is_terminal and not self.err.is_dumb_terminal:
            from qml.report.progress.bars import RichProgress

            return RichProgress(self.err)
        from qml.report.progress.lines import LineProgress

        return LineProgress(self.say)

    def _talk(self, message: str, prefix: str = "", style: str | None = None) -> None:
        self.err.print(_marked(message, prefix, style), soft_wrap=True, highlight=False)

    def _console(self, stream: TextIO) -> "Console":
        from rich.console import Console

        fixed = stream.isatty() or "COLUMNS" in self._environ
        return Console(
            file=stream,
            width=None if fixed else _PIPE_WIDTH,
            no_color=True if self._environ.get("NO_COLOR") else None,
            emoji=False,
            _environ=self._environ,
        )


def _marked(message: str, prefix: str, style: str | None) -> "Text":
    from rich.text import Text

    text = Text(message, style=(style or "") if not prefix else "")
    text.highlight_regex(r"`[^`\n]+`", "bold")
    return Text(prefix, style=style or "", end="").append_text(text) if prefix else text


def _lenient(stream: TextIO) -> TextIO:
    """Never die of a character that the stream's encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream
