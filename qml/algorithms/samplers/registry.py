"""Samplers by name."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from qml.algorithms.samplers.base import Kernel, Sampler, Task
from qml.errors import ConfigError
from qml.plugins import load


def build(name: str, task: Task, options: Mapping[str, Any] | None = None) -> Kernel:
    """Return the chain of a registered sampler.

    Args:
        name: Registered name.
        task: What is to be sampled.
        options: Settings of the sampler, by the names of its `Options`.

    Raises:
        PluginError: No sampler has that name.
        ConfigError: A setting is unknown or out of range.
        PlanError: The method cannot sample this target.
    """
    sampler: Sampler = load("samplers", name)
    return sampler.build(task, read_options(name, options or {}))


def read_options(name: str, table: Mapping[str, Any]) -> Any:
    """Read the settings of a sampler.

    Raises:
        ConfigError: One is unknown or out of range.
    """
    known = load("samplers", name).Options
    try:
        return known.model_validate(dict(table))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"option `{place}` of sampler `{name}`: {first['msg']}",
            hint=f"it has: {', '.join(known.model_fields) or 'none'}",
        ) from None
