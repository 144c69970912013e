"""COO files: one coefficient a line, `i j value`; `# vartype=SPIN` in the first line says spins.

dimod reads and writes the same lines, but skips what it does not understand, exponents such as
`1e-3` and `nan` among it; here every line counts.
"""

import re

import dimod

from qml.errors import DataError
from qml.problems.formats.numbers import finite

_VARTYPE = re.compile(r"vartype\s*[:=]\s*([A-Za-z]+)")


def read(text: str, name: str) -> dimod.BinaryQuadraticModel:
    """Read a model; where no line says `vartype`, it is in bits.

    Args:
        text: What the file says.
        name: Its name, for messages.

    Raises:
        DataError: A line cannot be read.
    """
    vartype, entries = "BINARY", []
    for number, line in enumerate(text.splitlines(), 1):
        body, _, comment = line.partition("#")
        if found := _VARTYPE.search(comment):
            vartype = _vartype(found[1], f"{name}, line {number}")
        if body.strip():
            entries.append(_entry(body, f"{name}, line {number}"))
    model = dimod.BinaryQuadraticModel(vartype)
    for i, j, value in entries:
        if i == j:
            model.add_linear(i, value)
        else:
            model.add_quadratic(i, j, value)
    return model


def _vartype(word: str, place: str) -> str:
    if word.upper() not in ("BINARY", "SPIN"):
        raise DataError(f"{place}: unknown vartype `{word}`", hint="it is BINARY or SPIN")
    return word.upper()


def _entry(body: str, place: str) -> tuple[int, int, float]:
    fields = body.split()
    if len(fields) != len("ijv") or not (fields[0].isdigit() and fields[1].isdigit()):
        raise DataError(
            f"{place}: `{body.strip()}` is no coefficient",
            hint="a line is `i j value` with i and j counted from 0; i = j is a linear one",
        )
    return int(fields[0]), int(fields[1]), finite(fields[2], place)
