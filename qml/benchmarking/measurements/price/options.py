"""What the measurement `price` can be told."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qml.errors import ConfigError


class PriceOptions(BaseModel):
    """Options of `[measure]` where `kind` is `price`.

    Attributes:
        target: Accuracy to reach on the validation rows and on the test rows, or `best`: the best
            that the training comes to on the validation rows.
        device: Machine that is priced, e.g. `ionq.forte-1`; None for a classical model.
        rival: Classical model, by name; None for the quantum model that `[model]` describes.
        shots: Shots of a circuit to try, the fewest first.
        noise: Published noise model of the machine, or None where there is none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: float | Literal["best"] = "best"
    device: str | None = None
    rival: str | None = None
    shots: tuple[int, ...] = Field((100, 1000), min_length=1)
    noise: Literal["aria-1", "aria-2", "forte-1"] | None = None


def read(options: Mapping[str, Any]) -> PriceOptions:
    """Read the options.

    Raises:
        ConfigError: One is unknown, missing or out of range.
    """
    try:
        asked = PriceOptions(**options)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            f"measure.options.{'.'.join(map(str, first['loc']))}: {first['msg']}",
            hint=f"the options of `price`: {', '.join(PriceOptions.model_fields)}",
        ) from error
    _check(asked)
    return asked


def _check(asked: PriceOptions) -> None:
    if (asked.device is None) == (asked.rival is None):
        raise ConfigError(
            "measure.options: one of `device` and `rival` is needed",
            hint="device = 'ionq.forte-1', or rival = 'rbf_svc'",
        )
    if isinstance(asked.target, float) and not 0 < asked.target <= 1:
        raise ConfigError(f"measure.options.target: {asked.target:g} is no accuracy")
    if min(asked.shots) < 1 or list(asked.shots) != sorted(set(asked.shots)):
        raise ConfigError(
            f"measure.options.shots: {list(asked.shots)} does not rise from 1 or more"
        )
