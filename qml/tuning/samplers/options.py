"""Settings of samplers as `qml tune` hands them on."""

from collections.abc import Mapping
from inspect import Parameter, signature
from typing import Any

from qml.errors import ConfigError


def build(maker: type, seed: int, options: Mapping[str, Any]) -> Any:
    """Make a sampler.

    Args:
        maker: Its class.
        seed: Its seed.
        options: Its other settings, by their names.

    Raises:
        ConfigError: A setting is unknown, or the sampler refuses its value.
    """
    known = _settings(maker)
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise ConfigError(
            f"`{maker.__name__}` has no option `{unknown[0]}`", hint=f"it has: {', '.join(known)}"
        )
    try:
        return maker(seed=seed, **options)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"`{maker.__name__}` refuses its options: {error}") from error


def _settings(maker: type) -> list[str]:
    """Return the names that a class and those above it can be given."""
    # a class of its own says what its constructor takes; those that take **settings hand them up
    own = [p for base in maker.__mro__[:-1] for p in signature(base).parameters.values()]
    named = [p.name for p in own if p.kind is not Parameter.VAR_KEYWORD]
    return [name for name in dict.fromkeys(named) if name != "seed"]
