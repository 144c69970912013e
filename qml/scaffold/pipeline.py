"""The pipeline of a project: the provider's file, and the steps that it runs."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qml.errors import UsageError
from qml.files import write_bytes
from qml.scaffold.library import templates_folder
from qml.scaffold.render import copy_into

FOLDER, COMMON = "_ci", "common"
"""Templates of pipelines; all providers run the same steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """Files of a pipeline, relative to the project.

    Attributes:
        written: Made, or made anew.
        unchanged: Were there already, and are the same.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def providers(package: Path | None = None) -> list[str]:
    """Return the names of the providers."""
    folder = templates_folder(package) / FOLDER
    return sorted(f.name for f in folder.iterdir() if f.is_dir() and f.name != COMMON)


def write_pipeline(
    root: Path, provider: str, answers: Mapping[str, Any], *, force: bool = False
) -> Pipeline:
    """Write the pipeline into a project.

    Args:
        root: Folder of the project.
        provider: One of `providers()`.
        answers: What the templates are filled with.
        force: Whether files of a person's that differ may be replaced.

    Raises:
        UsageError: The provider is unknown, or a file is there that differs. Nothing is written.
    """
    if provider not in providers():
        raise UsageError(
            f"no pipeline for `{provider}`",
            hint=f"known: {', '.join(providers())}; `generic` is a shell script for any other",
        )
    made = _rendered(provider, {**answers, "qml_version": version("qml-workbench")})
    differ = [name for name, data in made.items() if _differs(root / name, data)]
    taken = [name for name in differ if (root / name).exists()]
    if taken and not force:
        raise UsageError(
            f"already there, and would change: {', '.join(taken)}",
            hint="--force replaces them; nothing was written",
        )
    for name in differ:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write_bytes(root / name, made[name])
    return Pipeline(
        written=tuple(differ), unchanged=tuple(name for name in made if name not in differ)
    )


def _rendered(provider: str, answers: Mapping[str, Any]) -> dict[str, bytes]:
    """Render all files out of sight."""
    source = templates_folder() / FOLDER
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for part in (provider, COMMON):
            copy_into(source / part, folder, answers)
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data
