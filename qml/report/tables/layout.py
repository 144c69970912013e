"""What the tables share: a quiet style, pairs of words and values, and columns that give way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

Cell = str | Text
# One space beside the text, and one for the rule between columns.
_GAP = 2


@dataclass(frozen=True, slots=True)
class Adaptive:
    """Something that is built when its width is known.

    Attributes:
        build: Called with the width in characters.
    """

    build: Callable[[int], RenderableType]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console
        yield self.build(options.max_width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column.

    Attributes:
        title: Its heading.
        align: Numbers stand to the right.
        yields: Where room is short, columns are left out, highest number first; 0 never is.
        whole: Never broken over lines.
    """

    title: str
    align: Literal["left", "right"] = "left"
    yields: int = 0
    whole: bool = True


def fitting(fields: Sequence[Field], rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    """Return the numbers of the columns that fit into so many characters, in order."""
    needs = [
        _GAP + max(cell_len(field.title), *(_text(row[i]).cell_len for row in rows), 0)
        for i, field in enumerate(fields)
    ]
    kept: list[int] = []
    for i in sorted(range(len(fields)), key=lambda i: fields[i].yields):
        if fields[i].yields == 0 or sum(needs[k] for k in (*kept, i)) - _GAP <= width:
            kept.append(i)
    return sorted(kept)


def table(fields: Sequence[Field], rows: Sequence[Sequence[Cell]], width: int) -> Table:
    """Build a table of the columns that fit.

    Args:
        fields: Columns.
        rows: One cell for each column, plain text or styled.
        width: Characters there are.
    """
    shown = fitting(fields, rows, width)
    built = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
    )
    for field in (fields[i] for i in shown):
        built.add_column(field.title, justify=field.align, no_wrap=field.whole, overflow="fold")
    for row in rows:
        built.add_row(*(_text(row[i]) for i in shown))
    return built


def pairs(rows: Iterable[tuple[str, Cell]]) -> Table:
    """Lay words and their values out in two columns; empty values are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for word, value in rows:
        if value:
            grid.add_row(word, _text(value))
    return grid


def heading(text: str, after: str = "") -> Text:
    """Return a bold heading, with something quieter after it."""
    built = Text(text, style="bold")
    return built.append(f"  {after}", style="not bold dim") if after else built


def _text(cell: Cell) -> Text:
    return Text(cell) if isinstance(cell, str) else cell
