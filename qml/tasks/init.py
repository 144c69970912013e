"""`qml init`: a project from a template."""

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qml.scaffold import Ask, create

DEFAULT_TEMPLATE = "classifier"

FIRST = {
    "architecture-search": "qml tune",
    "llm-compress": "python text.py && qml compress",
    "llm-sample": "qml sample",
    "tune": "qml tune",
}
"""What is typed first in a project of a template, where it is not `qml train`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOutcome:
    """A project that now exists.

    Attributes:
        path: Its folder, as the user named it.
        template: Name of its template.
        files: Its files, relative to the folder, sorted.
        next: Commands to type now, in order.
    """

    path: str
    template: str
    files: tuple[str, ...]
    next: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.init/1`."""
        return {"schema": "qml.init/1", **asdict(self)}


def init(
    target: Path,
    *,
    template: str = DEFAULT_TEMPLATE,
    answers: Mapping[str, str] | None = None,
    ask: Ask | None = None,
) -> InitOutcome:
    """Make a project.

    Args:
        target: Its folder: new, or empty.
        template: `classifier`, `images`, `custom` or `kernel`.
        answers: Answers that are already known, as text.
        ask: Asks a person for the others; None takes the defaults.

    Raises:
        UsageError: The folder is in use, or an answer is refused. Nothing is left behind.
    """
    created = create(target, template, answers or {}, ask=ask)
    stays = created.folder == Path.cwd()
    return InitOutcome(
        path=str(target),
        template=created.template,
        files=created.files,
        next=(
            *(() if stays else (f"cd {shlex.quote(str(target))}",)),
            FIRST.get(template, "qml train"),
        ),
    )
