"""What a text answers: its number, or its short fact.

Embeddings do not tell "Canberra" from "Sydney"; where a question has a short answer, the answer is
extracted and compared as text.
"""

import re
from decimal import Decimal

from qml.language.words import fold, plain, words

_NUMBER = r"(?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w)"
_MARKED = re.compile(rf"(?:=|####|\banswer(?:\s+is|:)|\bequals)\s*\$?({_NUMBER})", re.IGNORECASE)
_ANY = re.compile(_NUMBER)
_VERDICT = re.compile(r"\W*(yes|no|true|false)\b", re.IGNORECASE)
_COPULA = re.compile(r"\s(?:is|was|are|were|would be|=)\s|:\s", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_NAME = re.compile(r"[^\W\d_][\w'.-]*|\d[\w.,-]*")
_SMALL = frozenset(
    words(
        "a an the this that it its is was are were be of in on at to for and or by as with from"
        " who which what when where called known named located answer i he she they we you"
    )
)
_INSIDE = frozenset(words("of de da del van von the la le"))
_FACT_WORDS = 4


def number(text: str) -> str | None:
    """Return the number that a text answers in normal form, e.g. `43`; None where it has none.

    The last number that is marked (`= 43`, `the answer is 43`), else the last number.
    """
    text = plain(text)
    found = _MARKED.findall(text) or _ANY.findall(text)
    if not found:
        return None
    value = Decimal(found[-1].replace(",", ""))
    return f"{value.normalize() + 0:f}"


def fact(text: str, prompt: str) -> str | None:
    """Return the short fact that a text answers, in normal form; None where it only repeats.

    What follows the verb of the first sentence, else what precedes it, less what the question
    says already: "The capital of France is Paris, France." and "Paris." both give `paris`.

    Args:
        text: The answer.
        prompt: The question.
    """
    if verdict := _VERDICT.match(text):
        return verdict.group(1).lower()
    known = _SMALL | frozenset(words(prompt))
    pieces = _pieces(_SENTENCE.split(plain(text).strip())[0])
    for shortened in (_named, _plain):
        for piece in pieces:
            if found := shortened(piece, known):
                return fold(found)
    return None


def _pieces(sentence: str) -> list[str]:
    """Return what follows the verb and what precedes it, each up to a comma."""
    parts = _COPULA.split(f" {sentence} ", maxsplit=1)
    return [part.strip().split(",")[0] for part in reversed(parts)]


def _named(piece: str, known: frozenset[str]) -> str | None:
    """Return the first run of capitalised or numeric words that the question does not have."""
    run: list[str] = []
    for word in (w.rstrip(".'-") for w in _NAME.findall(piece)):
        named = word[:1].isupper() or word[:1].isdigit()
        if (named and fold(word) not in known) or (run and word in _INSIDE):
            run.append(word)
        elif run:
            break
    while run and run[-1] in _INSIDE:
        run.pop()
    return " ".join(run) or None


def _plain(piece: str, known: frozenset[str]) -> str | None:
    """Return the first few words that the question does not have."""
    new = [word for word in words(piece) if word not in known]
    return " ".join(new[:_FACT_WORDS]) or None
