"""Files of problems."""

from pathlib import Path

import dimod
from dimod.serialization import coo
from dimod.serialization.json import DimodDecoder

from qml.errors import DataError
from qml.problems.compile import Model


def read_problem(path: Path) -> Model:
    """Read a problem; the suffix tells the format.

    Raises:
        DataError: It cannot be read.
    """
    if path.suffix == ".lp":
        return dimod.lp.loads(path.read_text(encoding="utf-8"))
    if path.suffix == ".json":
        return DimodDecoder().decode(path.read_text(encoding="utf-8"))
    if path.suffix == ".coo":
        return coo.loads(path.read_text(encoding="utf-8"))
    raise DataError(f"cannot tell the format of {path.name}", hint="end it in .coo, .json or .lp")
