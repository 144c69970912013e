"""How error messages name a data set and its rows."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SHOWN = 5


class Origin(NamedTuple):
    """Where data came from, in words.

    Attributes:
        title: E.g. `` `flowers.csv` ``.
        first_line: Line of the first row in a text file, counted from 1; None for other formats.
    """

    title: str
    first_line: int | None = None

    def rows(self, indices: NDArray[np.integer]) -> str:
        """Name rows given by their positions, counted from 0: `lines 4, 9 and 3 more`."""
        offset = self.first_line or 0
        noun = "row" if self.first_line is None else "line"
        shown = ", ".join(str(int(index) + offset) for index in indices[:SHOWN])
        more = f" and {len(indices) - SHOWN} more" if len(indices) > SHOWN else ""
        counted = " (counted from 0)" if self.first_line is None else ""
        return f"{noun}{'s' if len(indices) > 1 else ''} {shown}{more}{counted}"


def quoted(names: Sequence[str], limit: int = 12) -> str:
    """List names in backticks, the first `limit` of them."""
    shown = ", ".join(f"`{name}`" for name in names[:limit])
    return shown + (f" and {len(names) - limit} more" if len(names) > limit else "")


def suggestion(wrong: str, known: Sequence[str]) -> str:
    """Return `did you mean ...? ` with the closest known name, or nothing."""
    close = get_close_matches(wrong.lower(), [name.lower() for name in known], n=1, cutoff=0.6)
    original = [name for name in known if close and name.lower() == close[0]]
    return f"did you mean `{original[0]}`? " if original else ""
