"""Files of problems; the suffix tells the format. Nothing in them is ever executed."""

from collections.abc import Callable
from pathlib import Path

from qml.errors import DataError
from qml.problems.compile import Model
from qml.problems.formats import coo, json, lp, mps

READERS: dict[str, Callable[[str, str], Model]] = {
    ".coo": coo.read,
    ".json": json.read,
    ".lp": lp.read,
    ".mps": mps.read,
    ".qps": mps.read,
}


def read_problem(path: Path) -> Model:
    """Read a problem.

    Raises:
        DataError: It does not exist, or cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(
            f"cannot tell the format of {path.name} by its suffix `{path.suffix}`",
            hint=f"end it in {', '.join(READERS)}",
        )
    model = reader(_text(path), path.name)
    if not len(model.variables):
        raise DataError(f"{path.name} has no variables")
    return model


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"no file {path}") from None
    except IsADirectoryError:
        raise DataError(f"{path} is a folder") from None
    except UnicodeDecodeError:
        raise DataError(f"{path.name} is no text file") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
