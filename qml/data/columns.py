"""What is wrong with a list of columns, for every place where columns are named."""

from collections import Counter
from collections.abc import Sequence

from qml.data.origin import quoted, suggestion
from qml.errors import DataError


def check_columns(wanted: Sequence[str], known: Sequence[str], *, title: str = "the data") -> None:
    """Refuse columns that do not exist or are listed twice, and an empty list.

    Args:
        wanted: Columns asked for.
        known: Columns there are.
        title: What the error calls their owner.
    """
    there = set(known)
    missing = [name for name in wanted if name not in there]
    if missing:
        plural = "s" if len(missing) > 1 else ""
        raise DataError(
            f"{title} has no column{plural} {quoted(missing)}",
            hint=f"{suggestion(missing[0], known)}columns: {quoted(known)}",
        )
    if not wanted:
        raise DataError("`data.features` is an empty list", hint=f"columns: {quoted(known)}")
    twice = repeated(wanted)
    if twice:
        raise DataError(
            f"`data.features` lists {quoted(twice)} more than once", hint="list each column once"
        )


def repeated(names: Sequence[str]) -> list[str]:
    """Return the names that occur more than once, sorted."""
    return sorted(name for name, count in Counter(names).items() if count > 1)
