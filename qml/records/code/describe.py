"""Describe the code of a project and keep what no commit holds."""

import difflib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.files import digest_json, write_bytes
from qml.records.code.archive import SourceFile, pack
from qml.records.code.collect import Collected, collect
from qml.records.code.git import Change, Git, NoGitError
from qml.records.code.sources import CONFIG, LARGEST_TOTAL, walk_sources
from qml.records.secrets import Scrubber

ARCHIVE = "code.tar.gz"
DIFF = "code.diff"


def describe_code(root: Path, run: Path) -> dict[str, Any]:
    """Describe the code of a project; what the commit does not hold is kept in the run folder.

    Under git: commit, branch, `code.diff` for people and, in `code.tar.gz`, every file that
    differs from the commit. Without git (none installed, no repository, no commit, not trusted, or
    the project's folder is ignored): all sources in `code.tar.gz`, and `note` says why. The
    configuration is not part of the code, since the run keeps it resolved. Credentials are removed.

    Args:
        root: Folder of the project.
        run: Folder of the run.

    Returns:
        `commit`, `branch`, `dirty`, `note`, `digest` (of all sources, equal for equal sources,
        committed or not), `diff` and `archive` (`path`, `sha256`, `files`) or None, `deleted` and
        `left_out` (paths).
    """
    try:
        return _with_git(root, run)
    except NoGitError as reason:
        return _without_git(root, run, str(reason))


def _with_git(root: Path, run: Path) -> dict[str, Any]:
    skip = _inside(root, run.parent)
    git = Git(root, skip=[*skip, ".qml"])
    commit = git.commit()
    committed, changes = git.files(commit), git.changes()
    if not committed and not changes:
        raise NoGitError("the repository ignores the project's folder")
    kept = collect(root, [change.path for change in changes if not change.deleted])
    deleted = sorted(change.path for change in changes if change.deleted)
    digests = {path: file.digest for path, file in committed.items()} | kept.digests
    gone = {*deleted, *kept.left_out}
    return {
        "commit": commit,
        "branch": git.branch(),
        "dirty": bool(changes),
        "note": None,
        "digest": _digest({p: d for p, d in digests.items() if p not in gone}, skip),
        "diff": _keep_diff(git.diff(commit), changes, kept, run) if changes else None,
        "archive": _keep_archive(kept, run) if kept.files else None,
        "deleted": deleted,
        "left_out": kept.left_out,
    }


def _without_git(root: Path, run: Path, reason: str) -> dict[str, Any]:
    kept = collect(root, walk_sources(root, run.parent))
    return {
        "commit": None,
        "branch": None,
        "dirty": None,
        "note": f"no commit: {reason}",
        "digest": _digest(kept.digests, []),
        "diff": None,
        "archive": _keep_archive(kept, run),
        "deleted": [],
        "left_out": kept.left_out,
    }


def _digest(digests: Mapping[str, str], skip: list[str]) -> str:
    outside = (".qml/", *(f"{path}/" for path in skip))
    return digest_json(
        {p: d for p, d in digests.items() if p != CONFIG and not p.startswith(outside)}
    )


def _keep_archive(kept: Collected, run: Path) -> dict[str, Any]:
    data = pack(kept.files)
    write_bytes(run / ARCHIVE, data)
    return {"path": ARCHIVE, "sha256": _sha256(data), "files": len(kept.files)}


def _keep_diff(
    tracked: bytes, changes: list[Change], kept: Collected, run: Path
) -> dict[str, Any] | None:
    new = {c.path: kept.files[c.path] for c in changes if not c.tracked and c.path in kept.files}
    data = Scrubber().source(tracked) + b"".join(_addition(p, f) for p, f in sorted(new.items()))
    if not data or len(data) > LARGEST_TOTAL:
        return None
    write_bytes(run / DIFF, data)
    return {"path": DIFF, "sha256": _sha256(data)}


def _addition(path: str, file: SourceFile) -> bytes:
    try:
        lines = file.data.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return f"Binary file b/{path} is new\n".encode()
    body = difflib.unified_diff([], lines, "/dev/null", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + "\n" for line in body).encode()


def _inside(root: Path, folder: Path) -> list[str]:
    resolved, base = folder.resolve(), root.resolve()
    inside = resolved.is_relative_to(base) and resolved != base
    return [resolved.relative_to(base).as_posix()] if inside else []


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
