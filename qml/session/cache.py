"""Where compiled programs are kept between processes."""

import os
from collections.abc import Mapping
from pathlib import Path


def cache_folder(root: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the folder of compiled programs, or None where none can be written.

    `$QML_CACHE_DIR`, else the user's cache, else `.qml/cache` of the project.
    """
    named = environ.get("QML_CACHE_DIR")
    home = environ.get("XDG_CACHE_HOME") or (
        f"{environ['HOME']}/.cache" if environ.get("HOME") else None
    )
    candidates = [Path(named)] if named else []
    candidates += [Path(home) / "qml" / "jax"] if home else []
    candidates.append(root / ".qml" / "cache")
    return next((folder for folder in candidates if _writable(folder)), None)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a read-only home or project: the next candidate is asked
        return False
    return os.access(folder, os.W_OK)
