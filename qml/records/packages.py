"""Versions of everything that is installed, read in-process (`pip freeze` takes seconds)."""

import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_Folders = tuple[tuple[str, int], ...]


def describe_packages() -> dict[str, str]:
    """Return the version of every installed distribution by its name in lower case, sorted.

    What a process read is read again once a folder of the search path has changed.
    """
    return dict(_installed(tuple((folder, _changed(folder)) for folder in sys.path)))


def _changed(folder: str) -> int:
    path = Path(folder or ".")
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=4)
def _installed(folders: _Folders) -> tuple[tuple[str, str], ...]:
    from importlib.metadata import distributions

    del folders  # a key: what is installed depends on it
    found: dict[str, str] = {}
    for distribution in distributions():
        facts = distribution.metadata
        name, version = facts["Name"], facts["Version"]
        if name and version:  # a half-removed distribution has neither
            # The first one on the path is the one that gets imported.
            found.setdefault(name.lower().replace("_", "-"), version)
    return tuple(sorted(found.items()))


def requirements(packages: Mapping[str, str]) -> str:
    """Write the versions as a requirements file, every one pinned."""
    return "".join(f"{name}=={version}\n" for name, version in packages.items())
