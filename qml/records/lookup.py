"""Find runs: by id, by a unique prefix of one, or by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from qml.errors import RunError
from qml.records.folder import RunFolder
from qml.records.identity import is_id
from qml.records.manifest import FILE, Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEntry:
    """One row of the list of runs.

    Attributes:
        id: Name of the folder.
        path: The folder.
        manifest: Its manifest, or None where it cannot be read.
        damage: Why it cannot be read, or None.
    """

    id: str
    path: Path
    manifest: Manifest | None
    damage: str | None


def run_folders(runs: Path) -> list[Path]:
    """Return the folders of all runs, newest first, without reading any."""
    if not runs.is_dir():
        return []
    found = [path for path in runs.iterdir() if path.is_dir() and _is_run(path)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def list_runs(runs: Path) -> list[RunEntry]:
    """Read all runs, newest first. A damaged folder is a row of its own, never an error."""
    return list(_entries(runs))


def find(runs: Path, query: str) -> RunFolder:
    """Find one run.

    Args:
        runs: Folder of all runs.
        query: An id, a name (the newest run of that name answers), or a unique prefix of an id.

    Raises:
        RunError: No run answers, or several ids begin so.
    """
    folders = run_folders(runs)
    ids = [path.name for path in folders]
    if query in ids:
        return RunFolder(runs / query)
    named = next((entry for entry in _entries(runs) if _name(entry) == query), None)
    if named is not None:
        return RunFolder(named.path)
    begun = [name for name in ids if query and name.startswith(query)]
    if len(begun) == 1:
        return RunFolder(runs / begun[0])
    if begun:
        raise RunError(
            f"`{query}` is the beginning of {len(begun)} runs",
            details="\n".join(begun[:10] + ["..."] * (len(begun) > 10)),  # noqa: PLR2004 - a screenful
            hint="write more of the id",
        )
    raise _unknown(runs, query, ids)


def _entries(runs: Path) -> Iterator[RunEntry]:
    for path in run_folders(runs):
        try:
            manifest, damage = RunFolder(path).manifest(), None
        except RunError as error:
            manifest, damage = None, error.message
        yield RunEntry(id=path.name, path=path, manifest=manifest, damage=damage)


def _is_run(path: Path) -> bool:
    return is_id(path.name) or (not path.name.startswith(".") and (path / FILE).exists())


def _name(entry: RunEntry) -> str | None:
    return entry.manifest["name"] if entry.manifest is not None else None


def _unknown(runs: Path, query: str, ids: list[str]) -> RunError:
    if not ids:
        return RunError(
            f"no run `{query}`: {runs} holds no runs", hint="`qml train` makes the first one"
        )
    names = [name for name in map(_name, _entries(runs)) if name]
    close = get_close_matches(query, [*dict.fromkeys(names), *ids], n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "`qml runs list` lists all runs"
    return RunError(f"no run `{query}` in {runs}", hint=hint)
