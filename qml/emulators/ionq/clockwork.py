"""Times as the API writes them."""

import datetime as dt


def iso(when: float) -> str:
    """Return a time (seconds since the epoch) as UTC with milliseconds."""
    moment = dt.datetime.fromtimestamp(when, dt.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(seconds: float) -> int:
    """Return a length of time in whole milliseconds."""
    return round(seconds * 1000)
