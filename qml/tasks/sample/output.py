"""The file that `--output` names, checked before anything is computed."""

from pathlib import Path

from qml.errors import ConfigError

ROWS = (".csv", ".npz")
ASSIGNMENTS = (".json",)


def check_output(name: str | None, root: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a file of an unknown format, or in a folder that is not there.

    Args:
        name: The file, or None where none is wanted.
        root: Where relative paths begin.
        suffixes: What its name may end in.

    Raises:
        ConfigError: With the way out.
    """
    if name is None:
        return
    path = root / name
    if path.suffix not in suffixes:
        raise ConfigError(
            f"cannot tell the format of {path.name}", hint=f"end it in {' or '.join(suffixes)}"
        )
    if not path.parent.is_dir():
        raise ConfigError(f"no folder {path.parent}", hint="make it first")
