"""Prompts of a batch, one JSON object on each line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from qml.errors import DataError

_OWN = frozenset({"text", "logprob"})
_SCALAR = (str, int, float, bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer that came with its prompt.

    Attributes:
        text: The answer.
        logprob: Its mean log-probability per token, or None where it is not known.
        attributes: What else the line told of it, for quotas.
    """

    text: str
    logprob: float | None = None
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One prompt.

    Attributes:
        id: Its name in the results: that of the line, else the line's number.
        line: Number of its line, from 1.
        prompt: The prompt.
        n: How many answers it wants.
        answers: Answers to choose from; where there are none, they are generated.
    """

    id: str
    line: int
    prompt: str
    n: int
    answers: tuple[Given, ...] = ()


class Bad(NamedTuple):
    """A line that cannot be used, and why."""

    line: int
    reason: str


def read_batch(text: str, *, n: int, k: int) -> tuple[list[Item], list[Bad]]:
    """Read prompts from JSONL; blank lines count, but say nothing.

    Lines end at a line feed alone: JSON may hold all other line breaks of Unicode as they are.

    Args:
        text: `{"prompt": ..., "id": ..., "n": ..., "answers": [...]}` on each line; an answer is a
            text, or an object with `text`, `logprob` and attributes.
        n: Answers where a line does not say how many.
        k: How many are chosen of each prompt's answers.
    """
    items, bad = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            items.append(_item(line, number, n=n, k=k))
        except DataError as error:
            bad.append(Bad(number, error.message))
    return items, bad


def single(prompts: list[str], *, n: int) -> list[Item]:
    """Return the prompts of the configuration as a batch.

    Raises:
        DataError: One is empty.
    """
    for number, prompt in enumerate(prompts, start=1):
        if not prompt.strip():
            raise DataError(f"prompt {number} is empty", hint='qml sample llm "Suggest a name ..."')
    return [Item(id=str(i), line=i, prompt=p, n=n) for i, p in enumerate(prompts, start=1)]


def _item(line: str, number: int, *, n: int, k: int) -> Item:
    row = _object(line)
    prompt = row.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        raise DataError("`prompt` is missing, empty or no text")
    answers = tuple(_given(answer, place) for place, answer in enumerate(_list(row), start=1))
    wanted = len(answers) or row.get("n", n)
    if not isinstance(wanted, int) or isinstance(wanted, bool) or wanted < 1:
        raise DataError(f"`n` is {wanted!r}, not a number of answers")
    if wanted < k:
        raise DataError(f"{k} cannot be chosen of {wanted} answers")
    first = row.get("line")  # of the file that it was copied from
    name = row.get("id", number)
    return Item(
        id=str(name),
        line=first if isinstance(first, int) else number,
        prompt=prompt,
        n=wanted,
        answers=answers,
    )


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise DataError("not a JSON object")
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise DataError("half of a character (a lone surrogate)") from None
    return row


def _list(row: Mapping[str, Any]) -> list[Any]:
    answers = row.get("answers")
    if answers is None:
        return []
    if not isinstance(answers, list) or not answers:
        raise DataError("`answers` is not a list of answers")
    return answers


def _given(answer: Any, place: int) -> Given:
    if isinstance(answer, str):
        answer = {"text": answer}
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        raise DataError(f"answer {place} has no `text`")
    if not answer["text"].strip():
        raise DataError(f"answer {place} is empty")
    logprob = answer.get("logprob")
    if logprob is not None and (isinstance(logprob, bool) or not isinstance(logprob, int | float)):
        raise DataError(f"`logprob` of answer {place} is no number")
    others = {key: value for key, value in answer.items() if key not in _OWN}
    for key, value in others.items():
        if value is not None and not isinstance(value, _SCALAR):
            raise DataError(f"`{key}` of answer {place} is neither a text nor a number")
    return Given(
        text=answer["text"],
        logprob=None if logprob is None else float(logprob),
        attributes={key: str(value) for key, value in others.items() if value is not None},
    )
