"""Exports are written whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qml.errors import UsageError


@contextmanager
def whole(target: Path, size: int) -> Iterator[Path]:
    """Yield a path that becomes the target at the end; where something fails, nothing is left.

    Args:
        target: A file or a folder that does not exist; the caller makes one of both.
        size: What will be written (bytes); refused at once where the disk has no room for it.

    Raises:
        UsageError: The target exists, the disk is full, or the folder cannot be written.
    """
    if target.exists():
        raise UsageError(f"{target} exists already", hint="name another place, or move it away")
    scratch = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _check_room(target, size)
        scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        yield scratch / target.name
        (scratch / target.name).rename(target)
    except OSError as error:
        raise UsageError(
            f"{target} cannot be written: {error.strerror or error}; nothing of it was kept",
            hint=f"it takes {size / 1e6:.1f} MB; make room, or name another folder with --output",
        ) from error
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


def _check_room(target: Path, size: int) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < size:
        raise UsageError(
            f"{target} takes {size / 1e6:.1f} MB, and the disk has {free / 1e6:.1f} MB left",
            hint="make room, or name another folder with --output",
        )


def on_disk(path: Path) -> int:
    """Return the size of an export, of all its files where it is a folder (bytes)."""
    if path.is_dir():
        return sum(part.stat().st_size for part in path.rglob("*") if part.is_file())
    return path.stat().st_size
