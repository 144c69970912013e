"""The answers of a run on the disk: written as they come, read again by resume and replay."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qml.records import RunFolder
from qml.records.secrets import Scrubber
from qml.tasks.sample.answers.batch import Given, Item

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
    """`artifacts/answers.jsonl`: one line for each answer.

    Args:
        run: The run's folder, locked by this process.
    """

    def __init__(self, run: RunFolder) -> None:
        self._path = run.artifacts / ANSWERS
        self._prompts = run.artifacts / PROMPTS

    def known(self) -> dict[str, list[Made]]:
        """Return the answers that are kept, by the name of their prompt."""
        found: dict[str, list[Made]] = {}
        for row in _rows(self._path):
            found.setdefault(row["id"], []).append(_made(row))
        return found

    @contextmanager
    def writing(self, kept: Iterable[tuple[str, list[Made]]]) -> Iterator["Writer"]:
        """Begin the file with what is kept, then add to it line by line."""
        with self._path.open("w", encoding="utf-8") as stream:
            writer = Writer(stream)
            for name, answers in kept:
                for answer in answers:
                    writer.add(name, answer)
            yield writer

    def write_problem(self, number: int, text: str) -> None:
        """Write the problem of a choice, from 1, as a file that `qml sample qubo` reads."""
        path = self._path.parent / PROBLEMS / f"{number}.lp"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write_prompts(self, items: Iterable[Item]) -> None:
        """Write the prompts as a batch that can be read again."""
        lines = [json.dumps(_row(item), ensure_ascii=False) for item in items]
        text = "".join(f"{line}\n" for line in lines)
        self._prompts.write_text(Scrubber().text(text), encoding="utf-8")

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
        self._stream.write(self._scrubber.text(json.dumps(row, ensure_ascii=False)) + "\n")
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


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the whole lines; the last one may have been cut by a crash."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return


def _made(row: dict[str, Any]) -> Made:
    given = Given(text=row["text"], logprob=row["logprob"], attributes=row["attributes"])
    return Made(given=given, tokens=row["tokens"], finish=row["finish"], seed=row["seed"])
