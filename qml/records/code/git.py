"""What git knows of a project, asked with fixed arguments, a time limit and no prompts."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qml.records.code.sources import CONFIG, SECRET_FILES

_SECONDS = 20
# Neither hooks, pagers, external diffs nor prompts: the answer depends on the repository alone.
_OPTIONS = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager")


class NoGitError(Exception):
    """Git cannot tell of this project; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """One file of a commit.

    Attributes:
        digest: Name of the blob in git.
        executable: Whether it may be executed.
    """

    digest: str
    executable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file that differs from the commit.

    Attributes:
        path: Relative to the project's folder.
        deleted: Whether it is in the commit only.
        tracked: Whether git knows it.
    """

    path: str
    deleted: bool
    tracked: bool


class Git:
    """Git, asked from within a project's folder.

    Args:
        root: Folder of the project, which may lie anywhere in a repository.
        skip: Paths relative to it that are never looked at, e.g. the runs.
    """

    def __init__(self, root: Path, skip: Sequence[str] = ()) -> None:
        self._root = root
        names = (f"**/{name}" for name in SECRET_FILES)
        self._paths = (
            ".",
            *(f":(exclude,literal){path}" for path in (CONFIG, *skip)),
            *(f":(exclude,glob,icase){name}" for name in names),
        )

    def commit(self) -> str:
        """Return the commit that is checked out."""
        return self._text("rev-parse", "--verify", "HEAD^{commit}").strip()

    def branch(self) -> str | None:
        """Return the branch that is checked out, or None."""
        name = self._text("rev-parse", "--abbrev-ref", "HEAD").strip()
        return None if name == "HEAD" else name

    def files(self, commit: str) -> dict[str, Blob]:
        """Return the project's files in a commit, by path relative to the project's folder."""
        found = {}
        for line in self._text("ls-tree", "-r", "-z", commit).split("\0")[:-1]:
            facts, _, path = line.partition("\t")
            mode, kind, digest = facts.split()
            if kind == "blob" and mode != "120000":  # neither submodules nor symbolic links
                found[path] = Blob(digest=digest, executable=mode == "100755")
        return found

    def changes(self) -> list[Change]:
        """Return what differs from the commit, files that git ignores aside."""
        prefix = self._text("rev-parse", "--show-prefix").rstrip("\n")
        arguments = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--")
        lines = self._text("status", *arguments, *self._paths).split("\0")[:-1]
        return [
            Change(
                path=line[3:].removeprefix(prefix),
                deleted=not (self._root / line[3:].removeprefix(prefix)).exists(),
                tracked=not line.startswith("??"),
            )
            for line in lines
        ]

    def diff(self, commit: str) -> bytes:
        """Return the changes of tracked files as a unified diff."""
        options = ("--no-color", "--no-ext-diff", "--no-textconv", "--relative", "--no-renames")
        return self._run("diff", *options, commit, "--", *self._paths)

    def contents(self, blobs: Mapping[str, Blob]) -> dict[str, bytes]:
        """Read many files of the repository at once, by path."""
        names = "".join(f"{blob.digest}\n" for blob in blobs.values())
        stream = self._run("cat-file", "--batch", given=names.encode())
        found, position = {}, 0
        for path in blobs:
            header_end = stream.index(b"\n", position)
            size = int(stream[position:header_end].split()[-1])
            found[path] = stream[header_end + 1 : header_end + 1 + size]
            position = header_end + 1 + size + 1
        return found

    def _text(self, *arguments: str) -> str:
        return self._run(*arguments).decode(errors="surrogateescape")

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        command = ["git", *_OPTIONS, *arguments]
        environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            done = subprocess.run(  # noqa: S603 - fixed program and options, no shell
                command,
                cwd=self._root,
                env=environment | {"GIT_TERMINAL_PROMPT": "0"},
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError as error:
            raise NoGitError("git is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise NoGitError(f"git did not answer within {_SECONDS} s") from error
        if done.returncode != 0:
            raise NoGitError(_reason(done.stderr.decode(errors="replace")))
        return done.stdout


def _reason(complaint: str) -> str:
    """Say in a few words why git refused."""
    if "not a git repository" in complaint:
        return "not in a git repository"
    if "dubious ownership" in complaint:
        return "git does not trust this repository (see `git help config`, safe.directory)"
    if "Needed a single revision" in complaint or "unknown revision" in complaint:
        return "the repository has no commit yet"
    return complaint.strip().splitlines()[0] if complaint.strip() else "git failed"
