"""Attributes of answers: given with them, or read from their texts."""

import re
from collections.abc import Mapping, Sequence

from qml.errors import ConfigError
from qml.tasks.sample.llm.batch import Given

Patterns = Mapping[str, re.Pattern[str]]


def compile_patterns(expressions: Mapping[str, str]) -> Patterns:
    """Compile regular expressions by the name of their attribute.

    Raises:
        ConfigError: One is not valid.
    """
    return {name: compile_pattern(text, f"attribute {name}") for name, text in expressions.items()}


def compile_pattern(text: str, what: str) -> re.Pattern[str]:
    """Compile one regular expression.

    Raises:
        ConfigError: It is not valid.
    """
    try:
        return re.compile(text)
    except re.error as error:
        raise ConfigError(f"the regular expression of {what} is not valid: {error}") from None


def attributes_of(answers: Sequence[Given], patterns: Patterns) -> list[dict[str, str]]:
    """Return the attributes of each answer; what a pattern reads stands over what was given."""
    rows = []
    for answer in answers:
        read = {name: _first(pattern, answer.text) for name, pattern in patterns.items()}
        known = {name: value for name, value in read.items() if value is not None}
        rows.append({**answer.attributes, **known})
    return rows


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the first group of the first match, or the match where there are no groups."""
    found = pattern.search(text)
    if found is None:
        return None
    value: str | None = found.group(1) if pattern.groups else found.group()
    return value


def extracted(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the final answer in a text: the first group of the last match, or None."""
    found = list(pattern.finditer(text))
    if not found:
        return None
    value: str | None = found[-1].group(1) if pattern.groups else found[-1].group()
    return None if value is None else value.strip()
