"""The number that a command of the user's printed."""

import json
import math
import re
from typing import Any

from qml.errors import UsageError

KEY = "metric"


def number_in(text: str, source: str, metric: str | None) -> float:
    """Find the number in the output of a command.

    Args:
        text: What it printed.
        source: `stdout`: the last line that is not empty, a number or a JSON object; else a
            regular expression with one group, whose last match counts.
        metric: Key of the JSON object; `metric` where not given.

    Raises:
        UsageError: There is none, or it is not finite.
    """
    found = _last_line(text, metric or KEY) if source == "stdout" else _last_match(text, source)
    try:
        value = float(found)
    except (TypeError, ValueError):
        raise UsageError(f"it printed {found!r} where a number was expected") from None
    if not math.isfinite(value):
        raise UsageError(f"it came to {value}, which cannot be compared")
    return value


def _last_line(text: str, metric: str) -> Any:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise UsageError(
            "it printed nothing",
            hint=f'its last line should be a number or {{"{KEY}": ...}}; or give --metric-from',
        )
    last = lines[-1]
    if not last.startswith("{"):
        return last
    try:
        document = json.loads(last)
    except json.JSONDecodeError as error:
        raise UsageError(f"its last line is no JSON: {error}") from None
    if metric not in document:
        raise UsageError(
            f"its last line has no `{metric}`", hint=f"--metric: {', '.join(document)}"
        )
    return document[metric]


def _last_match(text: str, pattern: str) -> str:
    found = re.findall(pattern, text)
    if not found:
        raise UsageError(f"nothing that it printed matches `{pattern}`")
    last: str = found[-1]
    return last
