"""Whether Fashion-MNIST is at hand, so that a suite fetches nothing that nobody asked for."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

NAME = "fashion_mnist"
FOLDER = "fashion-mnist"
MISSING = (
    "fashion_mnist is left out: set QML_DATA_DIR, or data.dir to the folder of its files;"
    " `--data` with its name has it downloaded"
)


def at_hand(project: Mapping[str, Any]) -> bool:
    """Tell whether `data.dir` names its folder, or `QML_DATA_DIR` has it."""
    shared = os.environ.get("QML_DATA_DIR")
    if project.get("data", {}).get("dir"):
        return True
    return shared is not None and (Path(shared).expanduser() / FOLDER).is_dir()


def settings(project: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that name it, and its folder where the project says it."""
    folder = project.get("data", {}).get("dir")
    return {"data.name": NAME, **({"data.dir": folder} if folder else {})}


def offered(names: Iterable[str], wanted: Sequence[str], project: Mapping[str, Any]) -> list[str]:
    """Leave its rows out where it is not at hand and nobody asks for them by name."""
    there = at_hand(project)
    return [n for n in names if there or n in wanted or not n.startswith(NAME)]
