"""What the records keep of the choice of widths: the table, every allocation, the check."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.compression.bits.allocation import Choice
from qml.compression.bits.heldout import Check
from qml.compression.bits.lines import Line
from qml.compression.bits.setup import Setup


def document(setup: Setup, lines: Sequence[Line], check: Check | None) -> dict[str, Any]:
    """Return JSON values; rows of the table follow `units`, columns follow `formats`.

    An allocation is a list of columns. What does not fit is None.
    """
    table, problem = setup.table, setup.problem
    return {
        "tokens": setup.bench.section.bits.tokens,
        "budget_bits": problem.budget,
        "formats": [form.name for form in table.formats],
        "units": [unit.name for unit in table.units],
        "kl": _rows(table.kl, 6),
        "bits": _rows(table.bits, 17),
        "allocations": {entry.label: choice.tolist() for entry, choice in lines},
        "histogram": {entry.label: histogram(setup, choice) for entry, choice in lines},
        "check": None if check is None else _check(check),
    }


def histogram(setup: Setup, choice: Choice) -> Mapping[str, int]:
    """Return the number of units in each format that is used."""
    counts = np.bincount(choice, minlength=len(setup.table.formats))
    names = (form.name for form in setup.table.formats)
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}


def _rows(values: NDArray[np.float64], digits: int) -> list[list[float | None]]:
    return [[float(f"{v:.{digits}g}") if np.isfinite(v) else None for v in row] for row in values]


def _check(check: Check) -> dict[str, Any]:
    return {
        "used": check.use,
        "spearman_additive": check.additive,
        "spearman_quadratic": check.quadratic,
        "share": check.share,
        "true": check.true.tolist(),
        "predicted": check.predicted.tolist(),
    }
