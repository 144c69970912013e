"""The table of sensitivities: every tensor in every format that fits it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.compression.bench import Bench
from qml.compression.bits.sensitivities.keys import fingerprint
from qml.compression.bits.sensitivities.probe import Probe
from qml.compression.bits.sensitivities.survey import open_survey, short
from qml.compression.bits.table import Table
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format
from qml.compression.subjects.base import Unit
from qml.errors import PlanError


def measure(bench: Bench, base: Candidate) -> Table:
    """Measure how far each tensor, alone in each format, takes the base from the teacher.

    Measurements are kept in `bench.cache`, whatever the target; a second call finds them there.
    `compress.parallel` processes work at it: one uses all of torch's threads, several use one
    each (their results differ from those of several threads in the last bits of float32).

    Args:
        bench: What every method works with; `compress.bits.tokens` of its calibration are used.
        base: What was chosen so far; the teacher where nothing was.

    Returns:
        Divergences beyond the base's own, and what each choice costs.

    Raises:
        PlanError: No format fits a tensor.
        InterruptedRunError: Somebody asked to stop; what was measured is kept.
        UsageError: The cache cannot be written, or a process died.
    """
    units = tuple(bench.subject.units)
    formats, bits = _offers(bench, units)
    survey = open_survey(bench, base, bench.sample(bench.section.bits.tokens))
    keys = _keys(units, formats)
    known = survey.journal
    missing = [
        UnitJob(unit, tuple(form for form, key in row.items() if key not in known), row)
        for unit, row in keys.items()
    ]
    survey.complete("sensitivities", [job for job in missing if job.formats])
    kl = [
        [known[row[form]] if form in row else np.inf for form in formats] for row in keys.values()
    ]
    return Table(units=units, formats=formats, kl=np.array(kl) - survey.own(), bits=bits)


@dataclass(frozen=True, slots=True)
class UnitJob:
    """One tensor in some formats; see `Job`."""

    unit: Unit
    formats: Sequence[Format]
    known_as: Mapping[Format, str]

    @property
    def keys(self) -> Sequence[str]:
        """Of the measurements in the journal."""
        return [self.known_as[form] for form in self.formats]

    @property
    def names(self) -> Sequence[str]:
        """Tensor and format, for a person."""
        return [f"{short(self.unit)} {form.name}" for form in self.formats]

    def run(self, probe: Probe) -> list[float]:
        """Measure each."""
        changes = [(self.unit, probe.rounded(self.unit, form).dense()) for form in self.formats]
        return probe.alone(self.unit.stage, changes)


def _offers(bench: Bench, units: Sequence[Unit]) -> tuple[tuple[Format, ...], NDArray[np.float64]]:
    """Return the formats that fit some tensor, by rising cost, and what each choice costs."""
    for unit in units:
        if not any(form.fits(unit.columns) for form in bench.formats):
            raise PlanError(
                f"no format on offer fits {unit.name}, whose rows have {unit.columns} weights",
                hint="compress.bits.formats: add one of a smaller block, or one without blocks",
            )
    usable = [form for form in bench.formats if any(form.fits(u.columns) for u in units)]
    cost = bench.exporter.cost
    bits = np.array(
        [
            [cost(form, u.rows, u.columns) if form.fits(u.columns) else np.inf for form in usable]
            for u in units
        ]
    )
    each = bits / np.array([[unit.weights] for unit in units])
    order = np.argsort(np.ma.masked_invalid(each).mean(0), kind="stable")
    return tuple(usable[i] for i in order), bits[:, order]


def _keys(units: Sequence[Unit], formats: Sequence[Format]) -> dict[Unit, dict[Format, str]]:
    """Return the key of each tensor in each format that fits it."""
    known: dict[tuple[Format, int], str] = {}
    found: dict[Unit, dict[Format, str]] = {}
    for unit in units:
        found[unit] = {}
        for form in formats:
            if form.fits(unit.columns):
                place = (form, unit.columns)
                known[place] = known.get(place) or fingerprint(form, unit.columns)
                found[unit][form] = f"{unit.name}|{known[place]}"
    return found
