"""Words of a text, as scores and extraction see them."""

import re
import unicodedata

_WORD = re.compile(r"\w+(?:'\w+)*")
_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u2212": "-", "\u00d7": "x", "\u00f7": "/"})


def words(text: str) -> list[str]:
    """Return the lower-cased words of a text."""
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """Return a text in one form: plain characters, no case, single spaces."""
    return " ".join(plain(text).casefold().split())


def plain(text: str) -> str:
    """Return a text with typographic quotes, minus and times signs as on a keyboard."""
    return unicodedata.normalize("NFKC", text).translate(_SAME)
