"""A source archive: the same files always make the same bytes."""

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class SourceFile(NamedTuple):
    """One source file.

    Attributes:
        data: Its bytes.
        executable: Whether it may be executed.
    """

    data: bytes
    executable: bool


def pack(files: Mapping[str, SourceFile]) -> bytes:
    """Pack files into a `.tar.gz` without times, owners or order."""
    buffer = io.BytesIO()
    # The stream holds no file name and no time, so that equal files make equal bytes.
    with (
        gzip.GzipFile(filename="", fileobj=buffer, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path, file in sorted(files.items()):
            member = tarfile.TarInfo(path)
            member.size = len(file.data)
            member.mode = 0o755 if file.executable else 0o644
            archive.addfile(member, io.BytesIO(file.data))
    return buffer.getvalue()


def unpack(path: Path) -> dict[str, SourceFile]:
    """Read the regular files of an archive that `pack` made."""
    found = {}
    with tarfile.open(path, mode="r:gz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is not None:
                found[member.name] = SourceFile(stream.read(), bool(member.mode & 0o100))
    return found
