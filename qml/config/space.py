"""What `[tune.space]` says: numbers from a range, choices from a list, switches; checked."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

RANGE_KEYS = frozenset({"low", "high", "step", "log"})
SWITCH_KEYS = frozenset({"switches"})
MOST_SWITCHES = 64


class SpaceError(Exception):
    """A parameter that cannot be tuned as written.

    Args:
        key: The key, as the table `[tune.space]` has it; empty where the whole table is meant.
        reason: What is wrong with it, and what next.
        value: What stands there.
    """

    def __init__(self, key: str, reason: str, value: Any) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason
        self.value = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number between two bounds, both included.

    Attributes:
        key: Key of qml.toml, or a placeholder of a command.
        low: Lower bound.
        high: Upper bound, not below `low`.
        step: Distance of the allowed values from `low` on, or None for all.
        log: Drawn evenly on a logarithmic scale.
        integer: Whole numbers only.
    """

    key: str
    low: float
    high: float
    step: float | None = None
    log: bool = False
    integer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One of several values.

    Attributes:
        key: Key of qml.toml, or a placeholder of a command.
        values: At least one, all different.
    """

    key: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """A list of so many values that are true or false each, e.g. which layers are on.

    Attributes:
        key: Key of qml.toml.
        count: Length of the list.
    """

    key: str
    count: int


Parameter = Range | Choices | Switches
Probe = Callable[[str, Any], Any]
"""Puts a value at a key and returns what the configuration makes of it; raises SpaceError."""


class Entry(NamedTuple):
    """One line of `[tune.space]`: its dotted key and what stands behind it."""

    key: str
    value: Any


def entries(space: Mapping[str, Any], prefix: str = "") -> Iterator[Entry]:
    """Yield the parameters of a table; keys may be quoted with dots, or nested tables.

    Raises:
        SpaceError: A table names both bounds and further keys.
    """
    for name, value in space.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping) and not (value.keys() & (RANGE_KEYS | SWITCH_KEYS)):
            if not value:
                raise SpaceError(key, "is empty: give { low = 1, high = 8 } or a list", value)
            yield from entries(value, f"{key}.")
        else:
            yield Entry(key, value)


def read_space(space: Mapping[str, Any], probe: Probe) -> tuple[Parameter, ...]:
    """Check a table and return its parameters in the order of the file.

    Args:
        space: `[tune.space]`.
        probe: Tries a value at its key.

    Raises:
        SpaceError: An entry is malformed, or a value does not fit its key.
    """
    return tuple(_parameter(key, value, probe) for key, value in entries(space))


def _parameter(key: str, value: Any, probe: Probe) -> Parameter:
    if isinstance(value, list):
        return _choices(key, value, probe)
    if not isinstance(value, Mapping):
        raise SpaceError(key, "should be a list of choices or { low = ..., high = ... }", value)
    unknown = value.keys() - (SWITCH_KEYS if "switches" in value else RANGE_KEYS)
    if unknown:
        raise SpaceError(key, f"has no `{min(unknown)}`: low, high, step, log, or switches", value)
    if "switches" in value:
        return _switches(key, value["switches"], probe)
    return _range(key, value, probe)


def _choices(key: str, values: list[Any], probe: Probe) -> Choices:
    if not values:
        raise SpaceError(key, "has no choices: list at least one value", values)
    for place, value in enumerate(values):
        if any(type(value) is type(v) and value == v for v in values[:place]):
            raise SpaceError(key, f"names the choice {value!r} twice", values)
        probe(key, value)
    return Choices(key=key, values=tuple(values))


def _switches(key: str, count: Any, probe: Probe) -> Switches:
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST_SWITCHES:
        raise SpaceError(key, f"should have 1 to {MOST_SWITCHES} switches", count)
    probe(key, [True] * count)
    return Switches(key=key, count=count)


def _range(key: str, value: Mapping[str, Any], probe: Probe) -> Range:
    low, high = (_number(key, value, bound) for bound in ("low", "high"))
    step = _number(key, value, "step") if "step" in value else None
    log = value.get("log", False)
    if not isinstance(log, bool):
        raise SpaceError(key, "`log` should be true or false", value)
    if low > high:
        raise SpaceError(key, f"low = {low} is above high = {high}", value)
    if step is not None and step <= 0:
        raise SpaceError(key, f"step = {step} should be above 0", value)
    if log and (low <= 0 or step is not None):
        why = "has a step" if step is not None else f"begins at {low}, not above 0"
        raise SpaceError(key, f"cannot be logarithmic: it {why}", value)
    integer = {type(probe(key, bound)) for bound in (low, high)} == {int}
    if integer and step is not None and step != int(step):
        raise SpaceError(key, f"is a whole number; step = {step} is not", value)
    return Range(key=key, low=low, high=high, step=step, log=log, integer=integer)


def _number(key: str, value: Mapping[str, Any], bound: str) -> float:
    found = value.get(bound)
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise SpaceError(key, f"needs a number as `{bound}`", value)
    return found
