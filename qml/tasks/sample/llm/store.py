"""The answers of a run on the disk: written as they come, read again by resume and replay."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qml.errors import RunError
from qml.files import write_text
from qml.records import RunFolder
from qml.records.secrets import Scrubber
from qml.tasks.sample.llm.batch import Given, Item

PROMPTS = "prompts.jsonl"
ANSWERS = "answers.jsonl"
PROBLEMS = "problems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An answer that was generated, or given.

    Attributes:
        given: Text, mean log-probability and attributes.
        tokens: Generated tokens, or None where that is not known.
        finish: Why it ended; empty where it was given.
        seed: Seed of this answer, or None.
    """

    given: Given
    tokens: int | None = None
    finish: str = ""
    seed: int | None = None


class Store:
    """`artifacts/answers.jsonl`: one line for each answer, ended by a line feed.

    Args:
        run: The run's folder, locked by this process.
    """

    def __init__(self, run: RunFolder) -> None:
        self._path = run.artifacts / ANSWERS
        self._prompts = run.artifacts / PROMPTS

    def known(self) -> dict[str, list[Made]]:
        """Return the answers that are kept, by the name of their prompt.

        Raises:
            RunError: A line before the last one is damaged.
        """
        found: dict[str, list[Made]] = {}
        for name, answer in _read(self._path):
            found.setdefault(name, []).append(answer)
        return found

    @contextmanager
    def writing(self, kept: Mapping[str, list[Made]]) -> Iterator["Writer"]:
        """Make the file anew with what is kept, whole or not at all, then add line by line."""
        lines = (_line(name, answer) for name, answers in kept.items() for answer in answers)
        write_text(self._path, Scrubber().text("".join(lines)))
        with self._path.open("a", encoding="utf-8", newline="") as stream:
            yield Writer(stream)

    def write_problem(self, number: int, text: str) -> None:
        """Write the problem of a choice, from 1, as a file that `qml sample qubo` reads."""
        path = self._path.parent / PROBLEMS / f"{number}.lp"
        write_text(path, Scrubber().text(text))

    def write_prompts(self, items: Iterable[Item]) -> None:
        """Write the prompts as a batch that can be read again."""
        lines = [json.dumps(_row(item), ensure_ascii=False) for item in items]
        text = "".join(f"{line}\n" for line in lines)
        write_text(self._prompts, Scrubber().text(text))

    @property
    def prompts(self) -> Path:
        """File of the prompts."""
        return self._prompts


class Writer:
    """Appends answers; each line is on the disk before the next one is made."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._scrubber = Scrubber()

    def add(self, name: str, answer: Made) -> None:
        """Append one answer to the prompt of a name."""
        self._stream.write(self._scrubber.text(_line(name, answer)))
        self._stream.flush()


def with_answers(item: Item, answers: list[Made]) -> Item:
    """Return a prompt that brings its answers, so that none is generated."""
    return replace(item, n=len(answers), answers=tuple(made.given for made in answers))


def _row(item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {"id": item.id, "line": item.line, "prompt": item.prompt, "n": item.n}
    if item.answers:
        row["answers"] = [_answer(given) for given in item.answers]
    return row


def _answer(given: Given) -> dict[str, Any]:
    known = {} if given.logprob is None else {"logprob": given.logprob}
    return {"text": given.text, **known, **given.attributes}


def _line(name: str, answer: Made) -> str:
    given = answer.given
    row = {
        "id": name,
        "text": given.text,
        "logprob": given.logprob,
        "attributes": dict(given.attributes),
        "tokens": answer.tokens,
        "finish": answer.finish,
        "seed": answer.seed,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _read(path: Path) -> Iterator[tuple[str, Made]]:
    """Yield the whole lines; the last one may have been cut by a crash."""
    lines = path.read_bytes().rstrip(b"\n").split(b"\n") if path.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            yield row["id"], _made(row)
        except (ValueError, LookupError, TypeError):
            if number == len(lines):
                return
            raise RunError(
                f"line {number} of {path} is damaged",
                hint="mend it, or delete it and what follows: those answers are made again",
            ) from None


def _made(row: dict[str, Any]) -> Made:
    given = Given(text=row["text"], logprob=row["logprob"], attributes=row["attributes"])
    return Made(given=given, tokens=row["tokens"], finish=row["finish"], seed=row["seed"])
