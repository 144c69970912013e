"""Parallel coordinates: an upright axis for each parameter, a line for each trial."""

from collections.abc import Sequence
from dataclasses import dataclass

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import picture

_TOP, _BOTTOM, _GAP, _SIDE = 40.0, 230.0, 132.0, 66.0
_HEIGHT = 262.0
_FAINTEST, _STRONGEST = 0.12, 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis.

    Attributes:
        name: Above it.
        marks: Words beside it, with their heights: 0 at the bottom, 1 at the top.
    """

    name: str
    marks: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One trial.

    Attributes:
        heights: Where it crosses each axis, 0 to 1.
        rank: 0 for the worst trial, 1 for the best.
        name: What a pointer that rests on it reads.
    """

    heights: Sequence[float]
    rank: float
    name: str


def parallel_svg(axes: Sequence[Axis], strands: Sequence[Strand], *, title: str) -> Markup:
    """Draw axes and trials; better trials are darker, and the best stands out.

    Args:
        axes: At least one.
        strands: As many heights each as there are axes.
        title: What a screen reader says.
    """
    width = 2 * _SIDE + _GAP * (len(axes) - 1)
    places = [_SIDE + _GAP * i for i in range(len(axes))]
    ranked = sorted(strands, key=lambda strand: strand.rank)
    best = ranked[-1] if ranked else None
    return picture(
        width,
        _HEIGHT,
        title,
        join(_axis(axis, x) for axis, x in zip(axes, places, strict=True)),
        join(_strand(s, places, best=s is best) for s in ranked),
        class_="plot",
    )


def _axis(axis: Axis, x: float) -> Markup:
    return join(
        tag("line", x1=x, x2=x, y1=_TOP, y2=_BOTTOM, class_="grid"),
        tag("text", axis.name, x=x, y=_TOP - 16, class_="axis", text_anchor="middle"),
        [
            tag("text", words, x=x + 5, y=_place(height) + 4, class_="tick")
            for height, words in axis.marks
        ],
    )


def _strand(strand: Strand, places: Sequence[float], *, best: bool) -> Markup:
    points = (f"{x:.1f} {_place(h):.1f}" for x, h in zip(places, strand.heights, strict=True))
    return tag(
        "path",
        tag("title", strand.name),
        d=f"M{'L'.join(points)}",
        class_="line classical" if best else "line train",
        opacity=1.0 if best else _FAINTEST + (_STRONGEST - _FAINTEST) * strand.rank**2,
    )


def _place(height: float) -> float:
    return _BOTTOM + height * (_TOP - _BOTTOM)
