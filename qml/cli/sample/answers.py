"""What `qml sample llm` does with its options: where prompts come from, how results go out."""

import json
import re
import stat
import sys
from dataclasses import dataclass
from hashlib import sha256
from os import fstat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from qml.cli.flags import toml
from qml.errors import ConfigError, DataError
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.tasks.project import Project

INPUTS = ".inputs"
"""Folder beside the runs for what came by standard input; every run keeps a copy of its own."""
MOST_BYTES = 64 * 2**20
"""Longest standard input that is read."""
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks for.

    Attributes:
        flags: `key=value` of simple options.
        prompt: The prompt, `-` for standard input, or None.
        file: JSONL of prompts, or None.
        options: `NAME=VALUE` of the model's settings.
        attributes: `NAME=REGEX`.
    """

    flags: list[str]
    prompt: str | None
    file: Path | None
    options: list[str] | None
    attributes: list[str] | None


def flag(key: str, value: object) -> str:
    """Write a key of `[sample.llm]` as TOML."""
    return f"sample.llm.{key}={toml(value)}"


def carry_through(
    wishes: Wishes, set_: list[str] | None, terminal: Terminal, *, name: str | None
) -> None:
    """Read the prompts, run and print: one result on each line where they came as JSONL."""
    from qml.cli.project import here, world
    from qml.report.tables.outcome import outcome_table
    from qml.report.tables.sample.llm import result_line
    from qml.tasks.sample import begin
    from qml.tasks.sample.llm import run

    flags = [*wishes.flags, *_settings(wishes.options), *_patterns(wishes.attributes)]
    project, surroundings = here(set_, flags), world(terminal)
    project = here(set_, [*flags, *_prompts(wishes, project)])
    folder = begin(project.loaded, name=name, world=surroundings)
    terminal.say(f"run {folder.id}")
    lines = bool(project.loaded.config.sample.llm.file) and not terminal.json

    def tell(document: dict[str, Any]) -> None:
        if lines:
            terminal.print_text(json.dumps(result_line(document), ensure_ascii=False))

    config = project.loaded.config
    outcome = run(folder, config, project.root, surroundings, tell=tell).document()
    for bad in outcome["skipped"]:
        if lines:
            terminal.print_text(json.dumps({"line": bad["line"], "error": bad["reason"]}))
    if lines:
        terminal.say(outcome["verdict"])
    else:
        terminal.show(outcome, outcome_table(outcome))


def _prompts(wishes: Wishes, project: "Project") -> list[str]:
    """Return the flags that say what is asked; none where qml.toml says it."""
    if wishes.prompt is not None and wishes.file is not None:
        raise ConfigError("there is a prompt and a --file", hint="give one of them")
    if wishes.file is not None and str(wishes.file) != "-":
        return _batch(wishes.file.resolve())
    if wishes.prompt is not None and wishes.prompt != "-":
        return [flag("prompts", [wishes.prompt]), flag("file", "")]
    asked = wishes.prompt == "-" or wishes.file is not None
    text = _standard_input() if asked or _is_piped() else ""
    if not text.strip():
        return [flag("prompts", [text]), flag("file", "")] if asked else []
    if wishes.file is not None or (wishes.prompt is None and _is_batch(text)):
        return _batch(_kept(text, project.runs))
    return [flag("prompts", [text.strip()]), flag("file", "")]


def _is_batch(text: str) -> bool:
    """Whether a text is meant as JSONL: it begins with an object, or a line of it is a prompt."""
    if text.lstrip().startswith("{"):
        return True
    return any('"prompt"' in line and line.lstrip().startswith("{") for line in text.split("\n"))


def _batch(path: Path) -> list[str]:
    return [flag("file", str(path)), flag("prompts", [])]


def _is_piped() -> bool:
    """Whether standard input is a pipe or a file, and no terminal or nothing."""
    try:
        mode = fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):  # a test's or a notebook's own stream
        return sys.stdin is not None and not sys.stdin.isatty()
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _standard_input() -> str:
    try:
        return _bounded(sys.stdin.buffer).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"standard input is no UTF-8 text: {error.reason}") from error


def _bounded(stream: BinaryIO) -> bytes:
    """Read a stream to its end, or refuse one that has no end in sight."""
    found = stream.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise DataError(
            f"standard input is longer than {MOST_BYTES // 2**20} MiB",
            hint="a batch of that size is read with --file, or in several parts",
        )
    return found


def _kept(text: str, runs: Path) -> Path:
    """Write what came by standard input to a file that is named by its digest."""
    path = runs / INPUTS / f"{sha256(text.encode()).hexdigest()[:16]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.resolve()


def _settings(options: list[str] | None) -> list[str]:
    return [
        f"sample.llm.options.{name}={toml(_number(value))}"
        for name, value in (_pair(option, "-o") for option in options or ())
    ]


def _patterns(attributes: list[str] | None) -> list[str]:
    pairs = (_pair(attribute, "--attribute") for attribute in attributes or ())
    return [f"sample.llm.attributes.{name}={toml(expression)}" for name, expression in pairs]


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not _NAME.fullmatch(name.strip()):
        raise ConfigError(f"{option} `{text}`: expected NAME=VALUE", hint="e.g. -o temperature=.7")
    return name.strip(), value.strip()


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
