"""Where each key stands in a TOML text; the standard parser drops positions."""

import re
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_ASSIGNMENT = re.compile(rf"^(\s*)({_PART}(?:\s*\.\s*{_PART})*)(\s*=\s*)(.*)$")
_FENCES = ('"""', "'''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of one line.

    Attributes:
        line: Line number, from 1.
        column: Column of the first character, from 1.
        width: Number of characters.
        text: The whole line.
    """

    line: int
    column: int
    width: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlaces:
    """A key and its value in the text."""

    key: Place
    value: Place


def locate(text: str) -> dict[str, KeyPlaces]:
    """Map every dotted key, and every table header, to its place.

    Args:
        text: A valid TOML document.
    """
    found: dict[str, KeyPlaces] = {}
    table, depth, fence = "", 0, None
    for number, line in enumerate(text.splitlines(), start=1):
        if fence is not None:
            fence = None if line.count(fence) % 2 else fence
            continue
        if depth > 0:
            depth += _balance(line)
            continue
        if header := _HEADER.match(line):
            table = _dotted(header[1])
            place = _place(number, line, line.index(header[1]), len(header[1]))
            found.setdefault(table, KeyPlaces(key=place, value=place))
        elif assignment := _ASSIGNMENT.match(line):
            indent, key, equals, rest = assignment.groups()
            name = f"{table}.{_dotted(key)}" if table else _dotted(key)
            start = len(indent) + len(key) + len(equals)
            found[name] = KeyPlaces(
                key=_place(number, line, len(indent), len(key)),
                value=_place(number, line, start, len(_without_comment(rest)) or 1),
            )
            fence = next((f for f in _FENCES if rest.count(f) % 2), None)
            depth = _balance(rest) if fence is None else 0
    return found


def _place(number: int, line: str, start: int, width: int) -> Place:
    return Place(line=number, column=start + 1, width=width, text=line)


def _dotted(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _without_strings(text: str) -> str:
    return re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'', lambda m: "_" * len(m[0]), text)


def _without_comment(text: str) -> str:
    end = _without_strings(text).find("#")
    return (text if end < 0 else text[:end]).rstrip()


def _balance(text: str) -> int:
    bare = _without_strings(text).split("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
