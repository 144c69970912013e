"""Numbers in problem files: finite ones only."""

import math

from qml.errors import DataError


def finite(text: object, place: str) -> float:
    """Read a number.

    Args:
        text: What the file has, as text or as a JSON value.
        place: Where it stands, for the message.

    Raises:
        DataError: It is no number, or not a finite one.
    """
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        raise DataError(f"{place}: expected a number, found {text!r}")
    try:
        value = float(text)
    except (ValueError, OverflowError):
        raise DataError(f"{place}: `{text}` is not a number") from None
    if not math.isfinite(value):
        raise DataError(f"{place}: `{text}` is not finite", hint="every coefficient must be finite")
    return value
