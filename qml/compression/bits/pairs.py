"""Pair terms: what two changed tensors cost beyond the sum of both.

CLADO (Deng et al., arXiv:2307.05657) measures every pair of formats of every pair of tensors. Here
one format is measured, and the others are scaled from it: with c_i(b) the divergence with tensor i
alone in format b,

    KL(a) ~ sum_i c_i(a_i) + sum_{i<j} r_i(a_i) r_j(a_j) I_ij,   r_i(b) = sqrt(c_i(b) / c_i(ref)),

since interactions, like divergences, are of second order in the changes of the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from qml.compression.bench import Bench
from qml.compression.bits.allocation import Interactions
from qml.compression.bits.sensitivities.journal import Journal
from qml.compression.bits.sensitivities.keys import fingerprint
from qml.compression.bits.sensitivities.probe import Probe
from qml.compression.bits.sensitivities.survey import open_survey, short
from qml.compression.bits.table import Pairs, Table
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format, Part
from qml.compression.subjects.base import Unit
from qml.errors import PlanError

REFERENCE = 3.0
"""Pairs are measured in the format whose codes are nearest to this width (bits per weight): narrow
enough to be felt, wide enough not to break the model."""


def measure_pairs(bench: Bench, base: Candidate, table: Table, k: int) -> Pairs:
    """Measure the interactions of the most sensitive tensors, every pair of them.

    Kept, shared and parallel as `measure` is.

    Args:
        bench: What every method works with.
        base: What the table was measured from.
        table: Of `measure`.
        k: Number of tensors, at least 2; fewer where there are fewer.

    Returns:
        The interactions, in the one format that all of these tensors are measured in.

    Raises:
        PlanError: No format fits them all.
        InterruptedRunError: Somebody asked to stop; what was measured is kept.
        UsageError: The cache cannot be written, or a process died.
    """
    form = reference(table)
    places = np.sort(np.argsort(-table.kl[:, form], kind="stable")[:k])
    survey = open_survey(bench, base, bench.sample(bench.section.bits.tokens))
    keys = _keys([table.units[i] for i in places], table.formats[form])
    survey.complete("interactions", _jobs(keys, table.formats[form], survey.journal))
    own, alone, marks = survey.own(), table.kl[places, form], list(keys.values())
    extra = np.zeros((len(places), len(places)))
    for i, j in zip(*np.triu_indices(len(places), 1), strict=True):
        both = survey.journal[f"{marks[i]}+{marks[j]}"] - own
        extra[i, j] = extra[j, i] = both - alone[i] - alone[j]
    _check_finite(extra, table.formats[form])
    return Pairs(places=places, form=form, extra=extra)


def interactions(table: Table, pairs: Pairs) -> Interactions:
    """Return the pair terms of all tensors and formats, as solvers take them.

    Args:
        table: Of `measure`.
        pairs: Of `measure_pairs`.
    """
    count = len(table.units)
    extra = np.zeros((count, count))
    extra[np.ix_(pairs.places, pairs.places)] = pairs.extra
    reach = np.zeros(table.kl.shape)
    measured = table.kl[pairs.places, pairs.form]
    rows = np.where(np.isfinite(table.kl), table.kl, 0)[pairs.places].clip(min=0)
    ratios = np.divide(rows, measured[:, None], where=measured[:, None] > 0, out=rows * 0)
    reach[pairs.places] = np.sqrt(ratios)
    return Interactions(extra=extra, reach=reach)


def reference(table: Table) -> int:
    """Return the column that pairs are measured in.

    Raises:
        PlanError: No format fits all tensors.
    """
    columns = np.flatnonzero(np.isfinite(table.kl).all(0))
    if not len(columns):
        raise PlanError(
            "interactions are measured in one format, and none on offer fits all tensors",
            hint="add one to compress.bits.formats, or set compress.bits.pairs = 0",
        )
    rows, length = table.units[0].rows, table.units[0].columns
    widths = [table.formats[i].payload(rows, length) / (rows * length) for i in columns]
    return int(columns[np.argmin(np.abs(np.array(widths) - REFERENCE))])


class Rounded:
    """Tensors of one base in one format, each rounded once; codes are kept, no dense copies.

    Args:
        form: The format.
    """

    def __init__(self, form: Format) -> None:
        self._form = form
        self._parts: dict[str, Part] = {}

    def weight(self, probe: Probe, unit: Unit) -> Tensor:
        """Return a tensor as the format has it, shape (rows, columns)."""
        if unit.name not in self._parts:
            self._parts[unit.name] = probe.rounded(unit, self._form)
        return self._parts[unit.name].dense()


@dataclass(frozen=True, slots=True)
class PairsJob:
    """One tensor beside some that follow it; see `Job`."""

    first: Unit
    others: Sequence[Unit]
    keys: Sequence[str]
    rounded: Rounded

    @property
    def names(self) -> Sequence[str]:
        """Both tensors, for a person."""
        return [f"{short(self.first)} + {short(other)}" for other in self.others]

    def run(self, probe: Probe) -> list[float]:
        """Measure each pair."""
        return probe.beside(self.first, self.others, partial(self.rounded.weight, probe))


def _check_finite(extra: NDArray[np.float64], form: Format) -> None:
    if not np.isfinite(extra).all():
        raise PlanError(
            f"two tensors in {form.name} together break the model: their interaction is infinite",
            hint="set compress.bits.pairs = 0, or offer wider formats alone",
        )


def _keys(units: Sequence[Unit], form: Format) -> dict[Unit, str]:
    """Return the key of each tensor in the format that pairs are measured in."""
    marks = {columns: fingerprint(form, columns) for columns in {unit.columns for unit in units}}
    return {unit: f"{unit.name}|{marks[unit.columns]}" for unit in units}


def _jobs(keys: Mapping[Unit, str], form: Format, journal: Journal) -> list[PairsJob]:
    """Return what is not known yet, one job for each tensor and those after it."""
    found, units, rounded = [], list(keys), Rounded(form)
    for place, first in enumerate(units):
        wanted = {other: f"{keys[first]}+{keys[other]}" for other in units[place + 1 :]}
        missing = [other for other, key in wanted.items() if key not in journal]
        if missing:
            found.append(PairsJob(first, missing, [wanted[other] for other in missing], rounded))
    return found
