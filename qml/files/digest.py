"""Content digests, all SHA-256 in hexadecimal."""

import hashlib
import json
from pathlib import Path
from typing import Any


def digest_file(path: Path) -> str:
    """Digest the bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_text(text: str) -> str:
    """Digest UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_json(value: Any) -> str:
    """Digest a JSON value in canonical form: sorted keys, no spaces, no NaN."""
    return digest_text(json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False))
