"""Where templates lie and what each one asks.

A wheel carries them as `qml/_templates`; an editable installation has them beside the package, in
the repository's `templates`.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import qml
from qml.errors import UsageError
from qml.scaffold.questions import Question, read_questions

QUESTIONS_FILE = "copier.yml"
SHARED = "_shared"
"""Files that every project gets; a folder whose name starts with `_` is not a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of project.

    Attributes:
        name: Name of its folder, e.g. `classifier`.
        folder: Where it lies on this machine; never written into a project.
        questions: What it asks, in order.
    """

    name: str
    folder: Path
    questions: tuple[Question, ...]

    @property
    def summary(self) -> str:
        """What a project of this kind does, in one sentence."""
        return next(str(q.default) for q in self.questions if q.name == "description")


def list_templates(package: Path | None = None) -> list[Template]:
    """Return all templates by name.

    Args:
        package: Folder of the installed package, the running one by default.

    Raises:
        UsageError: The installation has no templates.
    """
    folders = sorted(templates_folder(package).glob(f"[!_]*/{QUESTIONS_FILE}"))
    return [_template(file.parent) for file in folders]


def find_template(name: str, package: Path | None = None) -> Template:
    """Return one template.

    Raises:
        UsageError: There is no template of that name.
    """
    known = {template.name: template for template in list_templates(package)}
    if name not in known:
        close = get_close_matches(name, known, n=1)
        lead = f"did you mean `{close[0]}`? " if close else ""
        raise UsageError(f"no template `{name}`", hint=f"{lead}known: {', '.join(known)}")
    return known[name]


def templates_folder(package: Path | None = None) -> Path:
    """Return the folder of all templates: the wheel's, else the repository's.

    Raises:
        UsageError: Neither is there.
    """
    package = package or Path(qml.__file__).resolve().parent
    for folder in (package / "_templates", package.parent / "templates"):
        if (folder / SHARED).is_dir():
            return folder
    raise UsageError(
        f"the installation in {package} has no templates",
        hint="install again: pip install --force-reinstall --no-deps qml-workbench",
    )


def _template(folder: Path) -> Template:
    return Template(
        name=folder.name, folder=folder, questions=read_questions(folder / QUESTIONS_FILE)
    )
