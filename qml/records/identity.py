"""What runs are called: ids that sort by time, and names that people choose."""

import re
import uuid
from datetime import UTC, datetime

from qml.errors import RunError

_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_ID_PREFIX = re.compile(r"\d{8}(-[\d]{0,6}(-[0-9a-f]{0,6})?)?")
_LONGEST_NAME = 100


def new_id(now: float, unique: uuid.UUID) -> str:
    """Make a readable id that sorts by time, e.g. `20261121-100312-a1b2c3`.

    Args:
        now: Seconds since the epoch, UTC.
        unique: The run's UUID, whose first digits tell apart runs of one second.
    """
    return f"{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}-{unique.hex[:6]}"


def is_id(text: str) -> bool:
    """Say whether a text is a whole run id."""
    return _ID.fullmatch(text) is not None


def check_name(name: str | None) -> str | None:
    """Return the name that a person gave to a run.

    Raises:
        RunError: It is empty, too long, not printable, or could be taken for an id.
    """
    if name is None:
        return None
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable() or "/" in name:
        raise RunError(
            f"`{name}` cannot be the name of a run",
            hint=f"use 1 to {_LONGEST_NAME} printable characters without a slash",
        )
    if _ID_PREFIX.fullmatch(name):
        raise RunError(
            f"the name `{name}` looks like the id of a run", hint="begin the name with a word"
        )
    return name.strip()


def timestamp(now: float) -> str:
    """Write a moment as ISO 8601 in UTC with milliseconds, e.g. `2026-11-21T10:03:12.123Z`."""
    moment = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")


def seconds_of(moment: str) -> float:
    """Read a moment that `timestamp` wrote, in seconds since the epoch."""
    return datetime.fromisoformat(moment).timestamp()
