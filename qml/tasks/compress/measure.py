"""What a target counts: codes, bits of the whole file, or its bytes; and what was reached of it."""

from typing import Literal

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate

Counted = Literal["codes", "bits", "bytes"]
_UNITS = {
    "codes": "bits per weight, in codes",
    "bits": "bits per weight, in the whole file",
    "bytes": "MB of file",
}
_OVER = 1.0005
"""A target is missed beyond that: bytes and headers are whole numbers."""


def counted(bench: Bench) -> Counted:
    """Return what the target counts: `bits` and `bytes` are those of the whole file.

    Where `bits` is no method there is no target of a size, and candidates are compared by codes.
    """
    target, methods = bench.target, bench.section.methods
    if "bits" not in methods:
        return "codes"
    if target.bpw is None:
        return "bytes"
    unit, form, exporter = bench.subject.units[0], bench.formats[0], bench.exporter
    shape = (unit.rows, unit.columns)
    return "bits" if exporter.cost(form, *shape) == exporter.stored(form, *shape) else "codes"


def size_of(bench: Bench, candidate: Candidate) -> float:
    """Return a size in what the target counts: bits per weight, or bytes of the file."""
    kind = counted(bench)
    if kind == "codes":
        return candidate.payload(bench.subject)
    size = bench.exporter.predict(bench.subject, candidate)
    return size if kind == "bytes" else 8 * size / bench.subject.describe()["parameters"]


def reached(bench: Bench, candidate: Candidate) -> tuple[str, ...]:
    """Say what a candidate takes beside what was asked for; nothing where no size was."""
    if "bits" not in bench.section.methods:
        return ()
    size, asked = size_of(bench, candidate), _asked(bench)
    kind = counted(bench)
    shown = [x / 1e6 if kind == "bytes" else x for x in (size, asked)]
    missed = ": the target is missed" if size > _OVER * asked else ""
    return (f"size: {shown[0]:.4g} of {shown[1]:.4g} {_UNITS[kind]}{missed}",)


def _asked(bench: Bench) -> float:
    target = bench.target
    if target.bpw is not None:
        return target.bpw
    if target.bytes is not None:
        return target.bytes
    assert target.share is not None
    return target.share * bench.exporter.predict(bench.subject, Candidate({}))
