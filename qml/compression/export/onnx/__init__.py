"""ONNX for small models: graph and weights in one file that ONNX Runtime runs.

Codes of 2, 4 and 8 bits are stored as such and multiplied out by DequantizeLinear in blocks, which
gives the very numbers of the simulation. Pruned zeros are stored like other codes. A target in bits
per weight counts the payload of the units; sizes count the file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from qml.compression.candidate import Candidate
from qml.compression.export.atomic import whole
from qml.compression.export.base import Start
from qml.compression.export.engine import judged, speed_of
from qml.compression.export.onnx.building import build
from qml.compression.export.onnx.running import OpenedOnnx
from qml.compression.export.onnx.skeleton import check_onnx, skeleton_of
from qml.compression.export.onnx.tensors import WIDTHS
from qml.compression.export.packing import packed_size
from qml.compression.export.untouched import settled
from qml.compression.formats import Format, IntegerFormat
from qml.compression.judging import Judgement
from qml.compression.subjects.base import Examples, Subject
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError

if TYPE_CHECKING:
    from qml.compression.bench import Bench

_NAME = "model.onnx"
_SCALE = 2
"""A float16 (bytes)."""


def check(section: CompressSection) -> None:
    """Refuse widths that ONNX does not have.

    Raises:
        ConfigError: None of the widths on offer is 2, 4 or 8.
        MissingExtraError: What writes and runs the file is not installed.
    """
    check_onnx()
    if not set(section.bits.widths) & set(WIDTHS):
        raise ConfigError(
            f"compress.bits.widths = {section.bits.widths}: ONNX stores integers of"
            f" {', '.join(map(str, WIDTHS))} bits alone",
            hint="widths = [2, 4, 8]",
        )


def formats(section: CompressSection) -> Sequence[Format]:
    """Return integers of those widths on offer that ONNX has, narrowest first."""
    widths = sorted(set(section.bits.widths) & set(WIDTHS))
    return [IntegerFormat(width, section.bits.group) for width in widths]


def start(bench: "Bench") -> Start:
    """Export the graph once, and settle how embedding and head are stored.

    Raises:
        PlanError: torch cannot export the model, or it is too large for one file.
    """
    skeleton_of(bench.subject)
    others = settled(bench.subject, bench.section.untouched)
    left = sorted(set(bench.section.bits.widths) - set(WIDTHS))
    notes = (f"ONNX has no integers of {', '.join(map(str, left))} bits: not on offer",)
    return Start(
        candidate=Candidate({}, others),
        notes=notes if left else (),
        document={"untouched": bench.section.untouched},
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
    assert isinstance(form, IntegerFormat)
    groups = rows * -(-columns // form.group)
    streams = packed_size(rows * columns, form.width) + packed_size(groups, form.width)
    return 8.0 * (streams + _SCALE * groups)


def room(subject: Subject, size: int, base: Candidate | None = None) -> float:
    """Return the bits that a file of `size` bytes leaves for the units; may be negative."""
    form = IntegerFormat(max(WIDTHS))
    units = subject.units
    parts = {u.name: form.quantise(torch.zeros(u.rows, u.columns)) for u in units}
    blank = Candidate(parts, base.others if base else {})
    taken = sum(stored(form, unit.rows, unit.columns) for unit in units)
    return 8.0 * (size - predict(subject, blank)) + taken


def predict(subject: Subject, candidate: Candidate) -> int:
    """Return the size of the file that `write` would make, exactly (bytes)."""
    return int(build(subject, candidate).ByteSize())


def write(subject: Subject, candidate: Candidate, folder: Path) -> Path:
    """Write `folder/model.onnx`, whole or not at all.

    Raises:
        UsageError: It exists, the disk is full, or the folder cannot be written.
        PlanError: The model cannot be exported, or a part is in a format that ONNX does not have.
    """
    model = build(subject, candidate)
    with whole(folder / _NAME, model.ByteSize()) as scratch:
        scratch.write_bytes(model.SerializeToString(deterministic=True))
    return folder / _NAME


def load(path: Path) -> OpenedOnnx:
    """Open a file.

    Raises:
        UsageError: It is missing, damaged, or was not written by this exporter.
        MissingExtraError: ONNX Runtime is not installed.
    """
    check_onnx()
    return OpenedOnnx(path)


def judge(path: Path, subject: Subject, examples: Examples) -> Judgement:
    """Run a file on examples by ONNX Runtime, beside the teacher in torch."""
    return judged(load(path), subject, examples)


def speed(path: Path, subject: Subject, examples: Examples) -> float | None:
    """Return the outputs per second of ONNX Runtime: generated tokens, or rows (1/s)."""
    del subject, examples
    return speed_of(load(path))
