"""Restricts what a suite has to what a person wants."""

from collections.abc import Sequence
from difflib import get_close_matches

from qml.errors import UsageError


def chosen(have: Sequence[str], wanted: Sequence[str], what: str, suite: str) -> list[str]:
    """Return the wanted ones in the order of the suite; all where none are wanted.

    Args:
        have: Names that the suite has.
        wanted: Names that a person gave.
        what: `model` or `data`, for the message.
        suite: Name of the suite.

    Raises:
        UsageError: The suite has no such name.
    """
    for name in wanted:
        if name not in have:
            close = get_close_matches(name, have, n=1)
            meant = f"did you mean `{close[0]}`? " if close else ""
            raise UsageError(
                f"suite `{suite}` has no {what} `{name}`",
                hint=f"{meant}it has: {', '.join(have)}",
            )
    return [name for name in have if not wanted or name in wanted]
