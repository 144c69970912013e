"""Tables of GitHub's Markdown; every text is escaped."""

from collections.abc import Iterable, Sequence

_SPECIAL = "\\`*_[]<>|#~@"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line, and that mentions nobody."""
    line = " ".join(text.split())
    return "".join(
        f"\\{letter}" if letter in _SPECIAL and letter != "@" else letter for letter in line
    ).replace("@", "@\N{ZERO WIDTH SPACE}")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> str:
    """Write a table.

    Args:
        heads: Titles.
        rows: Cells, as many as heads.
        right: One letter for each column, `r` where numbers stand; the rest to the left.
    """
    sides = ["--:" if i < len(right) and right[i] == "r" else ":--" for i in range(len(heads))]
    lines = [heads, sides, *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def folded(summary: str, body: str) -> str:
    """Put something behind a summary that opens with a click."""
    return f"<details>\n<summary>{escaped(summary)}</summary>\n\n{body}\n\n</details>"
