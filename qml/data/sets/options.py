"""Settings of a named data set: `data.options`, checked against what it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from qml.config.sections.data import DataSection
from qml.data.origin import quoted, suggestion
from qml.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a data set.

    Attributes:
        default: Its value where none is given; None where the data set works one out.
        least: Smallest value.
        most: Largest value.
        whole: Whether only whole numbers are taken.
        step: What it must be a multiple of, where it is whole.
        words: What it can be, where it is no number.
    """

    default: float | str | None
    least: float = 0
    most: float = inf
    whole: bool = True
    step: int = 1
    words: tuple[str, ...] = ()


def read_options(section: DataSection, known: Mapping[str, Setting]) -> dict[str, Any]:
    """Return a value for each known setting: the given one, else its default.

    Raises:
        ConfigError: An option is unknown, no number, or out of its range.
    """
    refuse_unknown(section.options, section.name or "", list(known))
    return {
        name: _checked(name, section.options.get(name, setting.default), setting)
        for name, setting in known.items()
    }


def refuse_options(section: DataSection) -> None:
    """Refuse all options, for a data set that has none.

    Raises:
        ConfigError: There are some.
    """
    refuse_unknown(section.options, section.name or "", [])


def refuse_unknown(options: Mapping[str, Any], name: str, known: Sequence[str]) -> None:
    """Refuse options that a data set does not have.

    Raises:
        ConfigError: There is such an option.
    """
    for option in options:
        if option not in known:
            has = f"its options: {quoted(known)}" if known else "leave data.options out"
            raise ConfigError(
                f"the data set `{name}` has no option `{option}`",
                hint=f"{suggestion(option, known)}{has}",
            )


def _checked(name: str, value: Any, setting: Setting) -> float | str | None:
    if value is None:
        return None
    if setting.words:
        return _word(name, value, setting.words)
    if not _fits(value, setting):
        above = "" if setting.most == inf else f" and at most {setting.most:g}"
        raise ConfigError(
            f"`data.options.{name}` is {value!r}",
            hint=f"it should be {_a(setting)}, at least {setting.least:g}{above}",
        )
    return int(value) if setting.whole else float(value)


def _fits(value: Any, setting: Setting) -> bool:
    kinds = int if setting.whole else (int, float)
    if not isinstance(value, kinds) or isinstance(value, bool) or not isfinite(value):
        return False
    in_range = setting.least <= value <= setting.most
    return in_range and (not setting.whole or value % setting.step == 0)


def _a(setting: Setting) -> str:
    if not setting.whole:
        return "a number"
    return "a whole number" if setting.step == 1 else f"a multiple of {setting.step}"


def _word(name: str, value: Any, words: Sequence[str]) -> str:
    if value not in words:
        close = suggestion(value, words) if isinstance(value, str) else ""
        raise ConfigError(
            f"`data.options.{name}` is {value!r}", hint=f"{close}it can be {quoted(words)}"
        )
    return str(value)
