"""Held-out text must be held out: texts that are the same, contained or share their lines."""

from collections.abc import Mapping

from qml.errors import ConfigError

_LINE = 24
"""Shorter lines (headings, blank ones) may well be in two texts (characters)."""
_MOST = 0.1
"""Share of a held-out text's lines that decisions may have seen, by characters."""
_HINT = "held-out text must be another one, or the numbers say nothing"


def check_apart(calibrate: Mapping[str, str], evaluate: Mapping[str, str]) -> tuple[str, ...]:
    """Hold held-out texts against those that decisions are made on.

    Args:
        calibrate: Texts by name.
        evaluate: Texts by name.

    Returns:
        What a reader must know: texts that share a few lines.

    Raises:
        ConfigError: A held-out text is one that decisions are made on, or more than a tenth of it.
    """
    seen = {line for text in calibrate.values() for line in _lines(text)}
    notes = []
    for name, text in evaluate.items():
        for other, known in calibrate.items():
            _check_contained(name, text, other, known)
        lines = _lines(text)
        common = [line for line in lines if line in seen]
        share = sum(map(len, common)) / max(1, sum(map(len, lines)))
        if share > _MOST:
            raise ConfigError(
                f"compress.evaluate: {share:.0%} of {name} is in the text that decisions are made"
                f" on, e.g. `{common[0][:60]}`",
                hint=_HINT,
            )
        if common:
            notes.append(f"{share:.1%} of {name} is in the text that decisions were made on")
    return tuple(notes)


def _check_contained(name: str, text: str, other: str, known: str) -> None:
    shorter, longer = sorted((text.strip(), known.strip()), key=len)
    if shorter in longer:
        what = "is the text" if shorter == longer else "shares its text with the one"
        raise ConfigError(
            f"compress.evaluate: {name} {what} that decisions are made on ({other})", hint=_HINT
        )


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if len(line) >= _LINE]
