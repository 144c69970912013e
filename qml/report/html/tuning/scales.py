"""Where values of a parameter stand on its axis, from 0 to 1."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from qml.report import numbers
from qml.report.values import short

MOST_MARKS = 8
LONGEST = 14


class Scale(NamedTuple):
    """An axis of one parameter.

    Attributes:
        place: Height of a value.
        marks: Heights and words beside it.
    """

    place: Callable[[Any], float]
    marks: list[tuple[float, str]]


def scale_of(parameter: Mapping[str, Any]) -> Scale:
    """Return the scale of a parameter of `[tune.space]`."""
    match parameter["kind"]:
        case "range":
            return range_scale(parameter["low"], parameter["high"], log=parameter["log"])
        case "choices":
            return _choices(parameter["values"])
        case _:
            count = parameter["count"]
            return Scale(lambda v: sum(v) / count, [(0.0, "none on"), (1.0, f"all {count} on")])


def range_scale(low: float, high: float, *, log: bool = False) -> Scale:
    """Return the scale of numbers between two bounds."""
    move = math.log if log else float
    length = move(high) - move(low)

    def place(value: Any) -> float:
        return (move(value) - move(low)) / length if length else 0.5

    middle = math.sqrt(low * high) if log else (low + high) / 2
    values = (low, middle, high) if length else (low,)
    return Scale(place, [(place(v), numbers.decimal(v, 3)) for v in values])


def _choices(values: list[Any]) -> Scale:
    last = max(1, len(values) - 1)

    def place(value: Any) -> float:
        return values.index(value) / last

    shown = values if len(values) <= MOST_MARKS else [values[0], values[-1]]
    return Scale(place, [(place(v), _brief(v)) for v in shown])


def _brief(value: Any) -> str:
    text = short(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
