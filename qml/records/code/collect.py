"""Read source files for a run: small ones, without credentials."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qml.records.code.archive import SourceFile
from qml.records.code.sources import LARGEST_FILE, LARGEST_TOTAL, is_secret_file
from qml.records.secrets import Scrubber


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Files to keep with a run.

    Attributes:
        files: By path relative to the project's folder.
        left_out: Paths that were not kept: too large, not regular files, or secret.
        digests: Name of each kept file as a git blob.
    """

    files: dict[str, SourceFile]
    left_out: list[str]
    digests: dict[str, str]


def collect(root: Path, paths: Iterable[str]) -> Collected:
    """Read files of a project, credentials removed.

    Args:
        root: Folder of the project.
        paths: Files relative to it.
    """
    scrub = Scrubber()
    files: dict[str, SourceFile] = {}
    digests: dict[str, str] = {}
    left_out, total = [], 0
    for name in sorted(paths):
        path = root / name
        if is_secret_file(name) or path.is_symlink() or not path.is_file():
            left_out.append(name)
            continue
        size = path.stat().st_size
        if size > LARGEST_FILE or total + size > LARGEST_TOTAL:
            left_out.append(name)
            continue
        data = scrub.source(path.read_bytes())
        total += len(data)
        files[name] = SourceFile(data, bool(path.stat().st_mode & 0o100))
        digests[name] = blob(data)
    return Collected(files=files, left_out=left_out, digests=digests)


def blob(data: bytes) -> str:
    """Name bytes as git does, so that a file has one name whether it is committed or not."""
    header = b"blob %d\0" % len(data)
    return hashlib.sha1(header + data, usedforsecurity=False).hexdigest()
