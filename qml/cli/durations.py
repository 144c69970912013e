"""Lengths of time as people write them."""

import math

import typer

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}


def seconds(text: str) -> float:
    """Read `2s`, `500ms`, `1m`, `1h` or a number of seconds.

    Raises:
        typer.BadParameter: It is none of these, or negative.
    """
    number = text.strip().rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = text.strip()[len(number) :] or "s"
    try:
        value = float(number) * _UNITS[unit]
    except (ValueError, KeyError):
        raise typer.BadParameter(f"`{text}` is no length of time: 2s, 500ms, 1m") from None
    if not 0 <= value < math.inf:
        raise typer.BadParameter(f"`{text}` is no length of time from 0 up")
    return value
