"""Progress on a terminal: one bar for each piece of work, with time left and facts."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from qml.ports import Bar
from qml.report.progress.facts import join
from qml.units import duration


class RichProgress:
    """Draws bars on a console; they vanish when the work is done.

    Args:
        console: Console on standard error.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Progress | None = None
        self._open = 0

    @contextmanager
    def bar(self, title: str, total: int | None) -> Iterator[Bar]:
        """Show a bar below those that are already open."""
        live = self._start()
        task = live.add_task(title, total=total, facts="")
        try:
            yield _RichBar(live, task)
        finally:
            live.remove_task(task)
            self._stop(live)

    def say(self, message: str) -> None:
        """Write a line above the bars."""
        self._console.print(Text(message), soft_wrap=True, highlight=False)

    def _start(self) -> Progress:
        if self._live is None:
            self._live = Progress(*_columns(), console=self._console, transient=True)
            self._live.start()
        self._open += 1
        return self._live

    def _stop(self, live: Progress) -> None:
        self._open -= 1
        if self._open == 0:
            live.stop()
            self._live = None


class _RichBar:
    def __init__(self, live: Progress, task: TaskID) -> None:
        self._live = live
        self._task = task
        self._facts: dict[str, str] = {}

    def advance(self, steps: int = 1, **facts: str) -> None:
        """Move on and show the facts."""
        self._facts |= facts
        self._live.update(self._task, advance=steps, facts=join(self._facts))


class _CountColumn(ProgressColumn):
    """How many of how many."""

    def render(self, task: Task) -> Text:
        done = f"{int(task.completed):,}"
        return Text(done if task.total is None else f"{done}/{int(task.total):,}")


class _TimeColumn(ProgressColumn):
    """Time so far and time left."""

    def render(self, task: Task) -> Text:
        text = Text(duration(task.elapsed or 0.0), style="dim")
        if task.time_remaining is not None and not task.finished:
            text.append(f", {_whole(task.time_remaining)} left", style="default")
        return text


def _whole(seconds: float) -> str:
    """Write an estimate without a decimal that it does not have."""
    return f"{seconds:.0f} s" if seconds < 60 else duration(seconds)  # noqa: PLR2004 - a minute


def _columns() -> list[ProgressColumn]:
    return [
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
        BarColumn(bar_width=20, complete_style="cyan", finished_style="green"),
        _CountColumn(table_column=Column(no_wrap=True)),
        _TimeColumn(table_column=Column(no_wrap=True)),
        TextColumn("{task.fields[facts]}", markup=False, table_column=Column(no_wrap=True)),
    ]
