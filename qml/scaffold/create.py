"""A new project: checked first, built out of sight, then put in place by a rename."""

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path

from qml.errors import UsageError
from qml.scaffold.answers import collect
from qml.scaffold.library import find_template
from qml.scaffold.questions import Ask
from qml.scaffold.render import render

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A project that now exists.

    Attributes:
        folder: Where it lies, absolute.
        template: Name of its template.
        files: Its files, relative to the folder, sorted.
    """

    folder: Path
    template: str
    files: tuple[str, ...]


def create(
    target: Path, template: str, answers: Mapping[str, str], *, ask: Ask | None = None
) -> Created:
    """Make a project.

    Args:
        target: Its folder: new, or empty.
        template: Name of a template.
        answers: Answers that are already known; `name` is the folder's name by default.
        ask: Asks a person for the others; None takes the defaults.

    Raises:
        UsageError: The folder is in use or cannot be made, the name cannot be used, the template
            is unknown, or an answer is refused. Nothing is left behind.
    """
    folder = target.resolve()
    _check_folder(folder)
    found = find_template(template)
    known = {"name": folder.name, **answers}
    _check_name(known["name"])
    values = collect(found, known, ask=ask)
    with _scratch(folder) as scratch:
        built = Path(scratch) / "project"
        render(found, values, built)
        files = tuple(sorted(str(f.relative_to(built)) for f in built.rglob("*") if f.is_file()))
        _put_in_place(built, folder)
    return Created(folder=folder, template=found.name, files=files)


def _check_folder(folder: Path) -> None:
    if folder.is_dir():
        entries = sorted(entry.name for entry in folder.iterdir())
        if entries:
            shown = ", ".join(entries[:_SHOWN]) + (", ..." if len(entries) > _SHOWN else "")
            raise UsageError(
                f"the folder {folder} is not empty: it has {shown}",
                hint="choose another name; `qml init` never writes into a folder that is in use",
            )
    elif folder.exists():
        raise UsageError(f"{folder} is a file", hint="choose another name")
    elif not folder.parent.is_dir():
        raise UsageError(f"there is no folder {folder.parent}", hint=f"mkdir -p '{folder.parent}'")


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"`{name}` cannot be the name of a project",
            hint="use 1 to 64 letters, digits, `-`, `_` and `.`, with a letter or digit at both"
            " ends, e.g. `my-classifier`",
        )


def _scratch(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Open a hidden folder on the same file system as the target."""
    place = folder if folder.is_dir() else folder.parent
    try:
        return tempfile.TemporaryDirectory(dir=place, prefix=".qml-init-")
    except OSError as error:
        raise UsageError(
            f"cannot write in {place}: {error.strerror}", hint="choose a folder that you own"
        ) from error


def _put_in_place(built: Path, folder: Path) -> None:
    """Rename the project to its place; an existing empty folder gets its entries instead.

    The folder itself is kept in that case: it may be a mount, or where somebody's shell stands.
    """
    try:
        if folder.is_dir():
            _move_entries(built, folder)
        else:
            built.rename(folder)
    except OSError as error:
        raise UsageError(
            f"cannot put the project in {folder}: {error.strerror}",
            hint="something else may have been made there meanwhile; choose another name",
        ) from error


def _move_entries(built: Path, folder: Path) -> None:
    moved: list[Path] = []
    try:
        for entry in sorted(built.iterdir()):
            if (folder / entry.name).exists():
                raise FileExistsError(EEXIST, f"{entry.name} exists", str(folder / entry.name))
            moved.append(entry.rename(folder / entry.name))
    except OSError:
        for entry in moved:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        raise
