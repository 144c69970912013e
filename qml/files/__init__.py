"""Files that survive a crash: atomic writes, locks with an owner, digests."""

from qml.files.atomic import append_line, write_bytes, write_json, write_text
from qml.files.digest import digest_file, digest_json, digest_text
from qml.files.lock import FileLock

__all__ = [
    "FileLock",
    "append_line",
    "digest_file",
    "digest_json",
    "digest_text",
    "write_bytes",
    "write_json",
    "write_text",
]
