"""What kind of answer a question asks for."""

import re
from typing import Literal

from qml.language.words import plain

Kind = Literal["number", "fact", "text"]

_ARITHMETIC = re.compile(
    r"\d\s*(?:[-+*/x^]|plus|minus|times|divided by|multiplied by)\s*\d"
    r"|\bhow (?:many|much|old|far|tall|long|big)\b|\b(?:calculate|compute)\b|\bwhat year\b"
    r"|\b(?:which|what) (?:year|number)\b|\bnumber only\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:write|suggest|describe|explain|imagine|invent|compose|summari[sz]e|brainstorm|story"
    r"|poem|ideas?|why|how do|how would|how can|tell me about|slogan|opinion|think)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:^|[.!?:]\s*)(?:who|whom|whose|when|where|which|name the|in (?:which|what)"
    r"|what(?! do| if| would| could| should| happens)"
    r"|is|are|was|were|do|does|did|can|has|have)\b",
    re.IGNORECASE,
)


def kind_of(prompt: str) -> Kind:
    """Return what kind of answer a prompt asks for.

    `number` for sums and quantities, `fact` for who, what, when, where, which and yes-or-no
    questions, `text` for everything open.
    """
    prompt = plain(prompt)
    if _OPEN.search(prompt):
        return "text"
    if _ARITHMETIC.search(prompt):
        return "number"
    return "fact" if _ASKED.search(prompt) else "text"
