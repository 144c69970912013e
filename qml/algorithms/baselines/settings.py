"""Hyper-parameters that are given instead of searched for."""

from collections.abc import Mapping
from difflib import get_close_matches
from math import isfinite
from typing import Any

from qml.errors import ConfigError


def given(settings: Mapping[str, Any], known: Mapping[str, str], name: str) -> dict[str, float]:
    """Return given settings under the names that scikit-learn's pipeline has for them.

    Args:
        settings: What `rival.settings` says; positive numbers.
        known: The pipeline's name of each setting.
        name: Name of the baseline, for the error.

    Raises:
        ConfigError: A setting is unknown, or is no positive number.
    """
    for key, value in settings.items():
        if key not in known:
            close = get_close_matches(key, known, n=1)
            meant = f"did you mean `{close[0]}`? " if close else ""
            raise ConfigError(
                f"the baseline `{name}` has no setting `{key}`",
                hint=f"{meant}it has: {', '.join(known)}",
            )
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise ConfigError(
                f"`{key}` of the baseline `{name}` is {value!r}", hint="give a positive number"
            )
        if not isfinite(value):
            raise ConfigError(f"`{key}` of the baseline `{name}` is not finite")
    return {known[key]: float(value) for key, value in settings.items()}
