"""Answers to a template's questions: given, asked for, or the defaults; and their file."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qml.errors import UsageError
from qml.files import write_text
from qml.scaffold.library import Template
from qml.scaffold.questions import Ask, Question

ANSWERS_FILE = ".copier-answers.yml"
_HEAD = "# What `qml init` was told. Keep it: it says which template this project came from.\n"


def collect(template: Template, given: Mapping[str, str], *, ask: Ask | None) -> dict[str, Any]:
    """Answer every question.

    Args:
        template: Whose questions.
        given: Answers that are already known, as text.
        ask: Asks a person for the others; None takes the defaults.

    Raises:
        UsageError: An answer has no question, or the template refuses it.
    """
    _refuse_unknown(given, [question.name for question in template.questions])
    return {q.name: _answer(q, given.get(q.name), ask) for q in template.questions}


def write_answers(folder: Path, template: Template, answers: Mapping[str, Any]) -> None:
    """Write the answers file: the template's name and the version of qml, never a path."""
    import yaml  # type: ignore[import-untyped]  # copier brings it, without stubs

    document = {
        "_template": template.name,
        "_qml_version": version("qml-workbench"),
        **answers,
    }
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    write_text(folder / ANSWERS_FILE, _HEAD + text)


def _answer(question: Question, given: str | None, ask: Ask | None) -> Any:
    raw = given
    if raw is None and ask is not None:
        raw = ask(question) or None
    return question.parse(str(question.default) if raw is None else raw)


def _refuse_unknown(given: Mapping[str, str], known: Iterable[str]) -> None:
    known = list(known)
    for name in given:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            lead = f"did you mean `{close[0]}`? " if close else ""
            raise UsageError(
                f"the template does not ask for `{name}`",
                hint=f"{lead}it asks for: {', '.join(known)}; other keys are set in qml.toml",
            )
