"""MPS and QPS files, fixed or free: linear rows, binary columns, and a quadratic objective.

Sections: NAME, OBJSENSE, ROWS, COLUMNS (with markers INTORG), RHS, RANGES, BOUNDS, and QUADOBJ
(upper triangle) or QMATRIX (all entries), where the objective is c^T x + x^T Q x / 2. A column
between markers that no bound names is binary, as in CPLEX.
"""

from collections.abc import Callable

import dimod

from qml.errors import DataError
from qml.problems.formats.mps_model import Sheet, model_of
from qml.problems.formats.numbers import finite

_PAIR, _ENTRY, _VALUED = 2, 3, 4
"""Words of a row, of a quadratic entry, and of a bound with a value."""


def read(text: str, name: str) -> dimod.ConstrainedQuadraticModel:
    """Read a model over bits; a maximum becomes a minimum of the negative.

    Args:
        text: What the file says.
        name: Its name, for messages.

    Raises:
        DataError: A line cannot be read, or a column is not binary.
    """
    sheet = Sheet(name)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("*"):
            continue
        place = f"{name}, line {number}"
        if line[0].isspace():
            _LINES.get(sheet.section, _outside)(sheet, line.split(), place)
        else:
            _head(sheet, line.split(), place)
    if sheet.section != "ENDATA":
        raise DataError(f"{name}: the file does not end with ENDATA")
    return model_of(sheet)


def _head(sheet: Sheet, words: list[str], place: str) -> None:
    sheet.section = words[0].upper()
    if sheet.section not in (*_LINES, "NAME", "ENDATA"):
        raise DataError(f"{place}: unknown section `{words[0]}`")
    sheet.whole = sheet.whole or sheet.section == "QMATRIX"
    if sheet.section == "OBJSENSE" and len(words) > 1:
        _sense(sheet, words[1:], place)


def _outside(sheet: Sheet, words: list[str], place: str) -> None:
    raise DataError(f"{place}: `{' '.join(words)}` stands in section `{sheet.section or 'none'}`")


def _sense(sheet: Sheet, words: list[str], place: str) -> None:
    if words[0].upper()[:3] not in ("MAX", "MIN"):
        raise DataError(f"{place}: unknown sense `{words[0]}`", hint="it is MAX or MIN")
    sheet.maximise = words[0].upper().startswith("MAX")


def _row(sheet: Sheet, words: list[str], place: str) -> None:
    if len(words) != _PAIR or words[0].upper() not in ("N", "L", "G", "E"):
        raise DataError(f"{place}: a row is `N`, `L`, `G` or `E` and a name")
    if words[0].upper() != "N":
        sheet.rows[words[1]] = words[0].upper()
    elif sheet.objective is not None:
        raise DataError(f"{place}: a second free row `{words[1]}`")
    else:
        sheet.objective = words[1]


def _column(sheet: Sheet, words: list[str], place: str) -> None:
    if len(words) == _ENTRY and words[1].strip("'") == "MARKER":
        sheet.integers = words[2].strip("'") == "INTORG"
        return
    if words[0] not in sheet.bounds:
        sheet.bounds[words[0]] = (0.0, 1.0 if sheet.integers else float("inf"))
        sheet.entries[words[0]] = {}
    for row, value in _pairs(words[1:], place):
        if row == sheet.objective:
            sheet.costs[words[0]] = value
        else:
            sheet.entries[words[0]][_known(sheet, row, place)] = value


def _right(sheet: Sheet, words: list[str], place: str) -> None:
    target = sheet.right if sheet.section == "RHS" else sheet.ranges
    for row, value in _pairs(words[1:] if len(words) % 2 else words, place):
        target[row if row == sheet.objective else _known(sheet, row, place)] = value


def _bound(sheet: Sheet, words: list[str], place: str) -> None:
    kind, column = words[0].upper(), words[2] if len(words) > _PAIR else ""
    if column not in sheet.bounds:
        raise DataError(f"{place}: unknown column `{column}`")
    low, high = sheet.bounds[column]
    if kind == "BV":
        low, high = 0.0, 1.0
    elif kind in ("UP", "UI", "LO", "LI", "FX") and len(words) >= _VALUED:
        value = finite(words[3], place)
        low = low if kind in ("UP", "UI") else value
        high = high if kind in ("LO", "LI") else value
    else:
        raise DataError(f"{place}: bound `{kind}` does not make `{column}` binary", hint="use BV")
    sheet.bounds[column] = low, high


def _product(sheet: Sheet, words: list[str], place: str) -> None:
    if len(words) != _ENTRY or not {words[0], words[1]} <= set(sheet.entries):
        raise DataError(f"{place}: a quadratic entry is two known columns and a value")
    key = words[0], words[1]
    sheet.products[key] = sheet.products.get(key, 0.0) + finite(words[2], place)


def _known(sheet: Sheet, row: str, place: str) -> str:
    if row not in sheet.rows:
        raise DataError(f"{place}: unknown row `{row}`")
    return row


def _pairs(words: list[str], place: str) -> list[tuple[str, float]]:
    if len(words) % 2 or not words:
        raise DataError(f"{place}: names and values must come in pairs")
    return [(words[i], finite(words[i + 1], place)) for i in range(0, len(words), 2)]


_LINES: dict[str, Callable[[Sheet, list[str], str], None]] = {
    "OBJSENSE": _sense,
    "ROWS": _row,
    "COLUMNS": _column,
    "RHS": _right,
    "RANGES": _right,
    "BOUNDS": _bound,
    "QUADOBJ": _product,
    "QMATRIX": _product,
}
