"""What an MPS file says, and the model that it means."""

import math
from dataclasses import dataclass, field

import dimod

from qml.errors import DataError

_BINARY = ((0.0, 1.0), (0.0, 0.0), (1.0, 1.0))


@dataclass(slots=True)
class Sheet:
    """What was read of a file so far.

    Attributes:
        name: Name of the file.
        section: Section in which the reader is.
        maximise: Whether the objective is a maximum.
        whole: Whether the quadratic entries are those of both triangles.
        integers: Whether the reader is between INTORG and INTEND.
        objective: Name of the free row.
        rows: Kind of each other row: L, G or E.
        costs: Entries of the objective, by column.
        entries: Entries of the other rows, by column and row.
        right: Right-hand sides, by row.
        ranges: Ranges, by row.
        bounds: Lower and upper bound of each column.
        products: Quadratic entries, by columns.
    """

    name: str
    section: str = ""
    maximise: bool = False
    whole: bool = False
    integers: bool = False
    objective: str | None = None
    rows: dict[str, str] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)
    entries: dict[str, dict[str, float]] = field(default_factory=dict)
    right: dict[str, float] = field(default_factory=dict)
    ranges: dict[str, float] = field(default_factory=dict)
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    products: dict[tuple[str, str], float] = field(default_factory=dict)


def model_of(sheet: Sheet) -> dimod.ConstrainedQuadraticModel:
    """Return the model that a file means.

    Raises:
        DataError: A column is not binary, or a row is empty.
    """
    model = dimod.ConstrainedQuadraticModel()
    for column, bounds in sheet.bounds.items():
        if bounds not in _BINARY:
            raise DataError(
                f"{sheet.name}: column `{column}` is not binary: it is from {bounds[0]:g} to"
                f" {bounds[1]:g}",
                hint="give it the bound BV, or stand it between the markers INTORG and INTEND",
            )
        model.add_variable("BINARY", column)
    model.set_objective(_objective(sheet))
    for row in sheet.rows:
        _add_row(model, sheet, row)
    for column, (low, high) in sheet.bounds.items():
        if low == high:
            model.add_constraint_from_iterable([(column, 1.0)], "==", rhs=low, label=f"fx {column}")
    return model


def _objective(sheet: Sheet) -> dimod.QuadraticModel:
    sign = -1.0 if sheet.maximise else 1.0
    found = dimod.QuadraticModel()
    for column in sheet.bounds:
        found.add_variable("BINARY", column)
        found.add_linear(column, sign * sheet.costs.get(column, 0.0))
    for (u, v), value in sheet.products.items():
        if u == v:
            found.add_linear(u, sign * value / 2)  # x^2 = x
        else:
            found.add_quadratic(u, v, sign * (value / 2 if sheet.whole else value))
    found.offset = -sign * sheet.right.get(sheet.objective or "", 0.0)
    return found


def _add_row(model: dimod.ConstrainedQuadraticModel, sheet: Sheet, row: str) -> None:
    terms = [(c, values[row]) for c, values in sheet.entries.items() if row in values]
    if not terms:
        raise DataError(f"{sheet.name}: row `{row}` has no entries")
    low, high = _span(sheet, row)
    if low == high:
        model.add_constraint_from_iterable(terms, "==", rhs=low, label=row)
        return
    if math.isfinite(low):
        label = row if math.isinf(high) else f"{row} low"
        model.add_constraint_from_iterable(terms, ">=", rhs=low, label=label)
    if math.isfinite(high):
        label = row if math.isinf(low) else f"{row} high"
        model.add_constraint_from_iterable(terms, "<=", rhs=high, label=label)


def _span(sheet: Sheet, row: str) -> tuple[float, float]:
    """Return the least and the largest value of a row."""
    kind, right, span = sheet.rows[row], sheet.right.get(row, 0.0), sheet.ranges.get(row)
    if kind == "L":
        return (-math.inf if span is None else right - abs(span)), right
    if kind == "G":
        return right, (math.inf if span is None else right + abs(span))
    return right + min(span or 0.0, 0.0), right + max(span or 0.0, 0.0)
