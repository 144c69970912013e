"""safetensors with packed integers: the simulation grid as a file.

A folder: `model.safetensors` with everything that the model computes with, and configuration and
tokenizer beside it where the model has them. A target in bits per weight counts the payload of the
units (their codes); sizes count all files.
"""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from qml.compression.candidate import Candidate, applied
from qml.compression.export.atomic import whole
from qml.compression.export.base import Start
from qml.compression.export.safetensors import container
from qml.compression.export.safetensors.opened import OpenedFolder
from qml.compression.export.safetensors.parts import blobs
from qml.compression.export.safetensors.plan import plan
from qml.compression.export.safetensors.reading import WEIGHTS, read
from qml.compression.export.untouched import settled
from qml.compression.formats import Format, IntegerFormat, IntegerPart, Lattice
from qml.compression.judging import Judge, Judgement
from qml.compression.speed import teacher_speed
from qml.compression.subjects.base import Examples, Subject
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from qml.compression.bench import Bench

_NARROWEST, _WIDEST = 2, 8
_FOLDER = "model"


def check(section: CompressSection) -> None:
    """Refuse widths that no code of this file has.

    Raises:
        ConfigError: A width is out of range or given twice.
    """
    widths = section.bits.widths
    if len(set(widths)) < len(widths) or not all(_NARROWEST <= w <= _WIDEST for w in widths):
        raise ConfigError(
            f"compress.bits.widths = {widths}: each once, {_NARROWEST} to {_WIDEST} bits"
        )


def formats(section: CompressSection) -> Sequence[Format]:
    """Return integers of all widths on offer, narrowest first."""
    return [IntegerFormat(width, section.bits.group) for width in sorted(section.bits.widths)]


def start(bench: "Bench") -> Start:
    """Settle how embedding and head are stored (`compress.untouched`)."""
    how = bench.section.untouched
    others = settled(bench.subject, how)
    return Start(
        candidate=Candidate({}, others),
        document={"untouched": how, "rounded": {n: p.format for n, p in others.items()}},
    )


def budget(subject: Subject, bpw: float, base: Candidate | None = None) -> float:
    """Return the bits of all codes: here a target counts the payload of the units."""
    del base
    return bpw * sum(unit.weights for unit in subject.units)


def cost(form: Format, rows: int, columns: int) -> float:
    """Return the payload of a unit (bits)."""
    return form.payload(rows, columns)


def stored(form: Format, rows: int, columns: int) -> float:
    """Return codes, scales and zero points of a unit, each in whole bytes (bits)."""
    return 8.0 * sum(spec.bytes for spec, _ in blobs(_blank(form, rows, columns)).values())


def room(subject: Subject, size: int, base: Candidate | None = None) -> float:
    """Return the bits that a folder of `size` bytes leaves for the units; may be negative."""
    form = IntegerFormat(_WIDEST)
    units = subject.units
    parts = {unit.name: _blank(form, unit.rows, unit.columns) for unit in units}
    blank = Candidate(parts, base.others if base else {})
    taken = sum(stored(form, unit.rows, unit.columns) for unit in units)
    return 8.0 * (size - predict(subject, blank)) + taken


def predict(subject: Subject, candidate: Candidate) -> int:
    """Return the size of all files that `write` would make, exactly (bytes)."""
    planned = plan(subject, candidate)
    return container.size(planned.specs, planned.metadata) + sum(map(len, subject.files.values()))


def write(subject: Subject, candidate: Candidate, folder: Path) -> Path:
    """Write `folder/model`, whole or not at all.

    Raises:
        UsageError: It exists, the disk is full, or the folder cannot be written.
        PlanError: A part is in a format that this file has no place for.
    """
    planned = plan(subject, candidate)
    with whole(folder / _FOLDER, predict(subject, candidate)) as scratch:
        scratch.mkdir()
        container.write(scratch / WEIGHTS, planned.specs, planned.metadata, planned.make)
        for name, content in subject.files.items():
            (scratch / name).write_bytes(content)
    return folder / _FOLDER


def candidate_of(path: Path, subject: Subject) -> Candidate:
    """Read a file as a candidate of the model that it was made of.

    Raises:
        UsageError: It is missing, damaged, of another version, or of another model.
    """
    found = read(path)
    candidate = found.candidate(subject)
    _check_fits(path, candidate, subject)
    return candidate


def load(path: Path) -> OpenedFolder:
    """Open a folder by itself, without the model that it was made of.

    Raises:
        UsageError: It is missing, damaged, of another version, or no language model.
    """
    return OpenedFolder(path)


def judge(path: Path, subject: Subject, examples: Examples) -> Judgement:
    """Run what a file holds on examples, beside the teacher."""
    return Judge(subject, examples).judge(candidate_of(path, subject))


def speed(path: Path, subject: Subject, examples: Examples) -> float | None:
    """Return the outputs per second of torch with the file's weights, as float32 in memory."""
    with applied(subject, candidate_of(path, subject)):
        return teacher_speed(subject, examples)


def _blank(form: Format, rows: int, columns: int) -> IntegerPart:
    """Return a part that has a size, and no contents."""
    assert isinstance(form, IntegerFormat)
    groups = ceil(columns / form.group)
    lattice = Lattice(
        codes=torch.empty(rows, columns, dtype=torch.uint8, device="meta"),
        scale=torch.empty(rows, groups, device="meta"),
        zero=torch.empty(rows, groups, device="meta"),
        levels=2**form.width,
        group=form.group,
    )
    return IntegerPart(form, lattice)


def _check_fits(path: Path, found: Candidate, subject: Subject) -> None:
    """Refuse a file of another model, or one that lacks something."""
    shapes = {unit.name: (unit.rows, unit.columns) for unit in subject.units}
    wrong = [n for n, part in found.parts.items() if tuple(part.dense().shape) != shapes[n]]
    held = {f"{name}.weight" for name in found.parts} | found.others.keys()
    wrong += [name for name, _ in subject.module.named_parameters() if name not in held]
    if wrong:
        raise UsageError(
            f"{path} does not hold `{wrong[0]}` of {subject.name}",
            hint="name the model that was compressed; the file's header says which",
        )
