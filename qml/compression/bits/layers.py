"""Sensitivities of whole layers: all tensors of a group in one format, measured together."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.compression.bench import Bench
from qml.compression.bits.sensitivities.keys import fingerprint
from qml.compression.bits.sensitivities.probe import Probe
from qml.compression.bits.sensitivities.survey import open_survey
from qml.compression.bits.table import Table
from qml.compression.candidate import Candidate, swapped
from qml.compression.formats.base import Format
from qml.compression.subjects.base import Unit


def groups_of(table: Table) -> NDArray[np.int64]:
    """Return the group of each unit, 0, 1, ... in the order of their first units."""
    places = {name: i for i, name in enumerate(dict.fromkeys(u.group for u in table.units))}
    return np.array([places[unit.group] for unit in table.units])


def measure_layers(bench: Bench, base: Candidate, table: Table) -> NDArray[np.float64]:
    """Measure how far each layer, all of it in one format, takes the base from the teacher.

    Kept in the cache like the measurements of tensors, on the same text.

    Returns:
        Shape (groups, formats), infinite where a format does not fit all units (nats per output).

    Raises:
        InterruptedRunError: Somebody asked to stop; what was measured is kept.
    """
    survey = open_survey(bench, base, bench.sample(bench.section.bits.tokens))
    groups = groups_of(table)
    members = [
        [table.units[i] for i in np.flatnonzero(groups == g)] for g in range(groups.max() + 1)
    ]
    known: dict[tuple[Format, int], str] = {}
    rows = [_keys(units, table.formats, known) for units in members]
    missing = [
        LayerJob(units, [form for form, key in row.items() if key not in survey.journal], row)
        for units, row in zip(members, rows, strict=True)
    ]
    survey.complete("sensitivities of layers", [job for job in missing if job.formats])
    found = [
        [survey.journal[row[form]] if form in row else np.inf for form in table.formats]
        for row in rows
    ]
    return np.array(found) - survey.own()


@dataclass(frozen=True, slots=True)
class LayerJob:
    """One layer in some formats; see `sensitivities.survey.Job`."""

    units: Sequence[Unit]
    formats: Sequence[Format]
    known_as: Mapping[Format, str]

    @property
    def keys(self) -> Sequence[str]:
        """Of the measurements in the journal."""
        return [self.known_as[form] for form in self.formats]

    @property
    def names(self) -> Sequence[str]:
        """Layer and format, for a person."""
        return [f"{self.units[0].group} {form.name}" for form in self.formats]

    def run(self, probe: Probe) -> list[float]:
        """Measure each: all units but the first are put in by hand, the first by the probe."""
        found = []
        first, *others = self.units
        for form in self.formats:
            change = (first, probe.rounded(first, form).dense())
            probe.entering(first.stage)  # before a later unit of an earlier stage could change it
            with ExitStack() as stack:
                for unit in others:
                    weight = probe.rounded(unit, form).dense()
                    stack.enter_context(swapped(probe.subject, unit, weight))
                found += probe.alone(first.stage, [change])
        return found


def _keys(
    units: Sequence[Unit], formats: Sequence[Format], known: dict[tuple[Format, int], str]
) -> dict[Format, str]:
    """Return the key of a layer in each format that fits all of it."""
    found = {}
    for form in (f for f in formats if all(f.fits(unit.columns) for unit in units)):
        for columns in {unit.columns for unit in units}:
            if (form, columns) not in known:
                known[form, columns] = fingerprint(form, columns)
        marks = [f"{unit.name}|{known[form, unit.columns]}" for unit in units]
        found[form] = "layer:" + "+".join(marks)
    return found
