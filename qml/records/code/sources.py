"""Which files of a project are its sources, and which must never be copied."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

CONFIG = "qml.toml"
# Never copied into a run, whatever git says: they hold credentials.
SECRET_FILES = (
    ".env",
    ".env.*",
    ".envrc",
    ".netrc",
    ".npmrc",
    ".pypirc",
    "*.key",
    "*.keystore",
    "*.p12",
    "*.pem",
    "*.pfx",
    "*credentials*.[ijty]*",
    "*secret*.[ijty]*",
    "credentials",
    "id_dsa*",
    "id_ecdsa*",
    "id_ed25519*",
    "id_rsa*",
)
LARGEST_FILE = 1_000_000
LARGEST_TOTAL = 20_000_000
# Without git nothing says which files are sources, so their endings must.
_SUFFIXES = (".py", ".pyi", ".toml", ".cfg", ".md", ".sh", ".ipynb", ".qasm")
_SKIPPED_FOLDERS = frozenset({"__pycache__", "build", "dist", "node_modules", "site-packages"})


def is_secret_file(path: str) -> bool:
    """Say whether a file's name says that it holds credentials."""
    name = path.rpartition("/")[2].lower()
    return any(fnmatch(name, pattern) for pattern in SECRET_FILES)


def walk_sources(root: Path, skip: Path) -> Iterator[str]:
    """Yield the sources of a project without git, as paths relative to its folder, sorted.

    The configuration is left out, since every run keeps it resolved. Where the folder has no
    qml.toml (somebody runs `qml train` in a home folder) only the Python files beside are sources.

    Args:
        root: Folder of the project.
        skip: Folder of the runs.
    """
    deep = (root / CONFIG).is_file()
    for folder, folders, files in _walk(root):
        folders[:] = sorted(f for f in folders if deep and _entered(folder / f, skip))
        for name in sorted(files):
            wanted = name.endswith(_SUFFIXES if deep else ".py") and name != CONFIG
            if wanted and not is_secret_file(name):
                yield (folder / name).relative_to(root).as_posix()


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    for folder, folders, files in os.walk(root):
        yield Path(folder), folders, files


def _entered(folder: Path, skip: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in _SKIPPED_FOLDERS
    return not hidden and folder != skip and not (folder / "pyvenv.cfg").exists()
