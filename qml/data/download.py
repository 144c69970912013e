"""Files fetched once into a per-user cache, and trusted only if their SHA-256 is right."""

import hashlib
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from qml.errors import DataError, ProviderError
from qml.files import FileLock, digest_file, write_bytes
from qml.ports import Progress

CHUNK = 1 << 16
TIMEOUT_SECONDS = 30.0


def cache_folder(name: str, environ: Mapping[str, str]) -> Path:
    """Return the folder of a data set in the user's cache (`$XDG_CACHE_HOME/qml`)."""
    base = environ.get("XDG_CACHE_HOME") or str(Path(environ.get("HOME") or Path.home()) / ".cache")
    return Path(base) / "qml" / name


def download(
    folder: Path, digests: Mapping[str, str], *, base_url: str, title: str, progress: Progress
) -> None:
    """Fetch the files that the folder lacks. Safe with several processes at once.

    Args:
        folder: Made where it is missing.
        digests: SHA-256 by file name.
        base_url: Address the file names are appended to.
        title: What the progress bar and errors call the set.
        progress: Shows a bar for each file, in bytes.

    Raises:
        DataError: The folder cannot be written.
        ProviderError: The network failed, or what came is not the published file.
    """
    try:
        with FileLock(folder / ".lock"):
            missing = [name for name in digests if not is_whole(folder / name, digests[name])]
            for name in missing:
                content = _fetch(base_url + name, digests[name], title, progress)
                write_bytes(folder / name, content)
    except OSError as error:
        raise DataError(
            f"{title} cannot be stored in `{folder}`: {error.strerror or error}",
            hint="set `data.dir` to a folder that holds its files, or XDG_CACHE_HOME to a folder"
            " that can be written",
        ) from error


def is_whole(path: Path, digest: str) -> bool:
    """Return whether a file exists with this SHA-256."""
    return path.is_file() and digest_file(path) == digest


def _fetch(url: str, digest: str, title: str, progress: Progress) -> bytes:
    try:
        content = _read(url, f"downloading {title}", progress)
    except (OSError, HTTPException) as error:
        if isinstance(error, HTTPError):
            error.close()  # it is an answer with a connection of its own
        raise ProviderError(
            f"{title} cannot be downloaded from {url}: {error}",
            hint=f"connect and try again, or {_by_hand(title)}",
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise ProviderError(
            f"what came from {url} is not the published file: SHA-256 {found[:12]}...,"
            f" {len(content)} bytes, expected {digest[:12]}...",
            hint=f"try again, or {_by_hand(title)}",
        )
    return content


def _read(url: str, title: str, progress: Progress) -> bytes:
    if not url.startswith(("https://", "http://")):
        raise DataError(f"`{url}` is not a web address")
    request = Request(url, headers={"User-Agent": "qml-workbench"})  # noqa: S310 - checked above
    content = bytearray()
    with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - checked above
        length = answer.headers.get("Content-Length")
        with progress.bar(title, int(length) if length else None) as bar:
            while chunk := answer.read(CHUNK):
                content += chunk
                bar.advance(len(chunk), file=url.rpartition("/")[2])
    return bytes(content)


def _by_hand(title: str) -> str:
    return f"fetch the files of {title} by hand and name their folder in `data.dir`"
