"""The format of what is no unit but large: the embedding, and the head where it is another matrix.

A target counts the whole file, and a small model is a fifth embedding. So its format is chosen
before the methods run: the one of least KL(embedding alone) + KL(all units), where the latter is
read off a ladder of uniform formats at the bits that the embedding leaves to the units (linear in
the logarithm). All is measured on calibration text.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.export.gguf.contents import room
from qml.compression.export.gguf.source import Place, Source
from qml.compression.formats import Format, Part
from qml.compression.formats.ggml import GgmlFormat, block_type
from qml.compression.judging import Judge
from qml.compression.subjects.base import Subject

if TYPE_CHECKING:
    from qml.compression.bench import Bench

_LADDER = ("Q4_0", "Q5_0", "Q8_0")
_TINY = 1e-9
"""Divergence below which two formats are not told apart (nats)."""


class Option(NamedTuple):
    """A format for the embedding.

    Attributes:
        name: Of the format.
        parts: By parameter; empty where it stays as in the source.
        left: Bits that it leaves for the units.
        kl: Divergence with this alone changed (nats per token).
        expected: The same with all units changed too, read off the ladder.
    """

    name: str
    parts: dict[str, Part]
    left: float
    kl: float = 0.0
    expected: float = 0.0


def choose(bench: "Bench", source: Source, size: int) -> tuple[Option, list[Option]]:
    """Return the chosen format, and all that the target leaves room for.

    Args:
        bench: Model, calibration text, formats.
        source: What the file is made from.
        size: Of the whole file (bytes).
    """
    options = _options(bench.subject, source, bench.formats, size)
    least = sum(_narrowest(bench.formats, u.rows, u.columns) for u in bench.subject.units)
    within = [option for option in options if option.left >= least]
    ladder_fits = all(u.columns % block_type(_LADDER[0]).block == 0 for u in bench.subject.units)
    if not within or not ladder_fits:
        option = max(options, key=lambda o: o.left) if not within else within[-1]
        return option, [option]
    judge = Judge(bench.subject, bench.sample(bench.section.bits.tokens))
    with bench.progress.bar("format of the embedding", len(within) + len(_LADDER)) as bar:
        rungs = []
        for name in _LADDER:
            rungs.append(_rung(bench, judge, name))
            bar.advance()
        weights = sum(unit.weights for unit in bench.subject.units)
        measured = []
        for option in within:
            kl = max(0.0, float(judge.judge(Candidate({}, option.parts)).kl.mean()))
            expected = kl + _read_off(rungs, option.left / weights)
            measured.append(option._replace(kl=kl, expected=expected))
            bar.advance()
    return min(measured, key=lambda o: o.expected), measured


def tables(source: Source, subject: Subject) -> list[Place]:
    """Return the matrices that are no units."""
    units = {f"{unit.name}.weight" for unit in subject.units}
    return [
        p for p in source.places if len(p.shape) > 1 and p.parameter and p.parameter not in units
    ]


def _options(
    subject: Subject, source: Source, formats: Sequence[Format], size: int
) -> list[Option]:
    """Return the source's own format last, before it narrower ones, narrowest first."""
    places = tables(source, subject)
    own = Option("as in the source", {}, room(source, subject, size, None))
    found = []
    for form in formats:
        narrower = all(
            form.fits(p.shape[1]) and form.bits(*p.shape) < p.kind.width * np.prod(p.shape)
            for p in places
        )
        if places and narrower:
            parts = {p.parameter: form.quantise(_values(subject, p)) for p in places if p.parameter}
            left = room(source, subject, size, Candidate({}, parts))
            found.append(Option(form.name, parts, left))
    return [*sorted(found, key=lambda o: -o.left), own]


def _values(subject: Subject, place: Place) -> Tensor:
    assert place.parameter is not None
    return subject.module.get_parameter(place.parameter).detach()


def _narrowest(formats: Sequence[Format], rows: int, columns: int) -> float:
    return min((f.bits(rows, columns) for f in formats if f.fits(columns)), default=float("inf"))


def _rung(bench: "Bench", judge: Judge, name: str) -> tuple[float, float]:
    """Return bits per weight and divergence with all units in one format."""
    form = GgmlFormat(block_type(name))
    parts = {u.name: form.quantise(bench.weight(Candidate({}), u)) for u in bench.subject.units}
    return form.kind.width, float(judge.judge(Candidate(parts)).kl.mean())


def _read_off(rungs: Sequence[tuple[float, float]], width: float) -> float:
    """Return the divergence at a width; beyond the ends the last piece goes on."""
    widths, kls = np.array(rungs).T
    logs = np.log(np.maximum(kls, _TINY))
    piece = int(np.clip(np.searchsorted(widths, width) - 1, 0, len(widths) - 2))
    slope = (logs[piece + 1] - logs[piece]) / (widths[piece + 1] - widths[piece])
    return float(np.exp(logs[piece] + slope * (width - widths[piece])))
