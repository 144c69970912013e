"""Reading a server's reply; what is missing or malformed in it is unavailable, never made up."""

from math import isfinite
from typing import Any

from qml.language.sources.base import Answer


def choices_of(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers of a reply, none where it has none."""
    choices = reply.get("choices")
    return [c for c in choices if isinstance(c, dict)] if isinstance(choices, list) else []


def answer_of(
    choice: dict[str, Any], *, seed: int | None, tokens: int | None, more: int = 0
) -> Answer:
    """Return one choice as an answer.

    Args:
        choice: One of `choices_of`.
        seed: Seed that was asked for it alone, or None.
        tokens: Tokens that the server counted, where it lists none.
        more: Choices of the same reply that follow it.
    """
    logprobs = [token["logprob"] for token in _content(choice)]
    message = choice.get("message")
    text = message.get("content") if isinstance(message, dict) else None
    return Answer(
        text=_whole(text).strip() if isinstance(text, str) else "",
        tokens=len(logprobs) or tokens,
        logprob=min(0.0, sum(logprobs) / len(logprobs)) if logprobs else None,
        finish=str(choice.get("finish_reason") or "unknown"),
        seed=seed,
        more=more,
    )


def first_tokens_of(choice: dict[str, Any]) -> dict[str, float] | None:
    """Return the likeliest tokens at the first place with their log-probabilities, or None."""
    content = _content(choice)
    listed = (content[0].get("top_logprobs") or []) if content else []
    return {token["token"]: token["logprob"] for token in listed} or None


def _whole(text: str) -> str:
    """Put ? for halves of characters: a server may cut one, and no file could hold it."""
    return text.encode(errors="replace").decode()


def _content(choice: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the tokens with log-probabilities: all of them, or none."""
    logprobs = choice.get("logprobs")
    content = logprobs.get("content") if isinstance(logprobs, dict) else None
    if not isinstance(content, list):
        return []
    return content if all(_is_likelihood(token) for token in content) else []


def _is_likelihood(token: object) -> bool:
    value = token.get("logprob") if isinstance(token, dict) else None
    return isinstance(value, int | float) and isfinite(value)
