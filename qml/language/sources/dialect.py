"""What an OpenAI-compatible server understands, learnt from what it refuses.

Servers differ: some refuse `n`, some `logprobs` or `seed`, some want another name for the longest
answer. A refusal generates nothing, so it costs nothing; what it taught is kept for the session.
Sampling parameters are never dropped: the answers would mean something else.
"""

import re
from dataclasses import dataclass
from typing import Any

_BLAMED = (
    ("logprobs", re.compile(r"logprobs", re.IGNORECASE)),
    ("length", re.compile(r"max_tokens|max_completion_tokens", re.IGNORECASE)),
    ("seed", re.compile(r"\bseed\b", re.IGNORECASE)),
    ("many", re.compile(r"['\"`]n['\"`]|\bn\b|candidate|choices", re.IGNORECASE)),
)
_FEW = 5


@dataclass(slots=True, kw_only=True)
class Dialect:
    """What to send.

    Attributes:
        many: Several answers in one request (`n`).
        logprobs: Log-probabilities of tokens.
        seed: A seed.
        modern: `max_completion_tokens` in place of `max_tokens`.
        likeliest: Most of the likeliest tokens to ask for at one place.
    """

    many: bool = True
    logprobs: bool = True
    seed: bool = True
    modern: bool = False
    likeliest: int = 20

    def phrase(self, request: dict[str, Any], *, length: int) -> dict[str, Any]:
        """Return a request as this server wants it."""
        known = dict(request)
        if not self.seed:
            known.pop("seed", None)
        if not self.logprobs:
            known.pop("logprobs", None)
            known.pop("top_logprobs", None)
        elif "top_logprobs" in known:
            known["top_logprobs"] = min(known["top_logprobs"], self.likeliest)
        known["max_completion_tokens" if self.modern else "max_tokens"] = length
        return known

    def learn(self, request: dict[str, Any], message: str) -> bool:
        """Give up what a refused request had and the message blames; False where nothing is left.

        Args:
            request: What was refused.
            message: What the server said.
        """
        blamed = [name for name, pattern in _BLAMED if pattern.search(message)]
        unclear = ["many", "logprobs"]  # what a message that blames nothing is most often about
        return any(self._give_up(name, request) for name in [*blamed, *unclear])

    def _give_up(self, name: str, request: dict[str, Any]) -> bool:
        if name == "length":
            used, self.modern = self.modern, True
            return not used
        if name == "logprobs" and request.get("top_logprobs", 0) > _FEW < self.likeliest:
            self.likeliest = _FEW  # it may list fewer, and still list some
            return True
        key = {"many": "n", "logprobs": "logprobs", "seed": "seed"}[name]
        if key not in request or not getattr(self, name):
            return False
        setattr(self, name, False)
        return True
