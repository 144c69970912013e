"""`[tune.space]` as Optuna's distributions, and what a trial drew as values of qml.toml."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qml.config.space import Choices, Parameter, Range, Switches

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

Values = dict[str, Any]


def distributions(space: Sequence[Parameter]) -> "dict[str, BaseDistribution]":
    """Return one distribution for each number, choice and switch, by its name in the study."""
    found: dict[str, BaseDistribution] = {}
    for parameter in space:
        found |= _distributions(parameter)
    return found


def values_of(space: Sequence[Parameter], drawn: Mapping[str, Any]) -> Values:
    """Return the values that a trial drew, by key of qml.toml.

    Args:
        space: What is tuned.
        drawn: Parameters of an Optuna trial, all of them.
    """
    return {parameter.key: _value(parameter, drawn) for parameter in space}


def first_values(space: Sequence[Parameter]) -> Values:
    """Return one setting of the space: lower bounds, first choices, all switches on."""
    return {parameter.key: _first(parameter) for parameter in space}


def switch(key: str, place: int) -> str:
    """Name one switch of a list."""
    return f"{key}[{place}]"


def _distributions(parameter: Parameter) -> "dict[str, BaseDistribution]":
    from optuna.distributions import (
        CategoricalDistribution,
        FloatDistribution,
        IntDistribution,
    )

    match parameter:
        case Range(integer=True):
            step = 1 if parameter.step is None else int(parameter.step)
            low, high = int(parameter.low), int(parameter.high)
            high -= (high - low) % step  # Optuna would warn, and do the same
            return {parameter.key: IntDistribution(low, high, log=parameter.log, step=step)}
        case Range(low=lowest, log=log, step=gap):
            reached = _reached(parameter)
            return {parameter.key: FloatDistribution(float(lowest), reached, log=log, step=gap)}
        case Choices():
            return {parameter.key: CategoricalDistribution([_label(v) for v in parameter.values])}
        case Switches():
            names = [switch(parameter.key, place) for place in range(parameter.count)]
            return {name: CategoricalDistribution([False, True]) for name in names}


def _first(parameter: Parameter) -> Any:
    match parameter:
        case Range():
            return parameter.low
        case Choices():
            return parameter.values[0]
        case Switches():
            return [True] * parameter.count


def _reached(parameter: Range) -> float:
    """Return the last value that the steps reach."""
    if parameter.step is None:
        return float(parameter.high)
    steps = int((parameter.high - parameter.low) / parameter.step + 1e-9)
    return parameter.low + steps * parameter.step


def _value(parameter: Parameter, drawn: Mapping[str, Any]) -> Any:
    match parameter:
        case Choices():
            labels = [_label(value) for value in parameter.values]
            return parameter.values[labels.index(drawn[parameter.key])]
        case Switches():
            names = [switch(parameter.key, place) for place in range(parameter.count)]
            return [drawn[name] for name in names]
        case _:
            return drawn[parameter.key]


def _label(value: Any) -> Any:
    """Return what stands for a choice in the study: lists and tables as JSON."""
    return value if isinstance(value, str | int | float | bool) else json.dumps(value)
