"""Boltzmann samples by several methods: their worth, their traces, their histograms."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure, key, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Frame, Scale, axes, padded, picture
from qml.report.svg.curve import Point, Series, curve_svg
from qml.report.tables.sample.ising import problem_line, spread

_HEADS = (
    "method",
    "effective samples",
    "in 1,000 evaluations",
    "a second",
    "a dollar",
    "R-hat",
    "accepted",
    "mean energy",
    "distance",
)
_NOTE = (
    "All methods had the same budget; warm-up counts. Effective samples: of the energy or of the"
    " slowest spin, whichever is fewer (Vehtari et al. 2021); chains have mixed where R-hat is"
    " below 1.05. Distance: total variation from the exact distribution, and in brackets that of as"
    " many independent exact samples. On this machine, a quantum method takes the time of its"
    " simulation."
)
_FRAME = Frame(height=200.0, bottom=158.0)
_QUANTUM = "qemcmc"


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was done, and where."""
    where = "this machine" if outcome["backend"] == "local" else outcome["backend"]
    return f"Boltzmann samples, {problem_line(outcome['problem'])}, on {where}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the effective samples per second of each method."""
    for row in outcome["methods"]:
        value = numbers.decimal(row["ess_per_second"], 3)
        note = f"effective samples/s, R-hat {numbers.decimal(row['rhat'])}"
        yield number(words.label(row["method"]), value, note, _role(row["method"]))
    if any(row["ess_per_dollar"] for row in outcome["methods"]):
        cost = outcome["cost"]
        billed = f"{cost['billed']} {cost['currency']}"
        yield number("billed", billed, f"{cost['estimated']} estimated")


def methods(document: ReportDocument) -> Markup | None:
    """Return the table of the methods."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    head = tag("thead", tag("tr", [tag("th", text) for text in _HEADS]))
    rows = tag("tbody", [_row(row) for row in outcome["methods"]])
    left_out = [
        tag("p", f"{words.label(name)} was left out: {reason}.", class_="note")
        for name, reason in outcome["skipped"].items()
    ]
    whole = tag("div", tag("table", head, rows), class_="scroll")
    return block("Methods side by side", whole, left_out, note=_NOTE)


def histograms(document: ReportDocument) -> Markup | None:
    """Return how the energies of each method are spread, beside the exact distribution."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    drawn = outcome["pictures"]["histogram"]
    figures = [
        _histogram(name, shares, drawn["edges"], drawn["exact"])
        for name, shares in drawn["shares"].items()
    ]
    return block("Energies", tag("div", figures, class_="pair"))


def traces(document: ReportDocument) -> Markup | None:
    """Return the energy along the first chain of each method."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    figures = [_trace(name, points) for name, points in outcome["pictures"]["traces"].items()]
    note = "Energy of the first chain along the energy evaluations of all chains, warm-up included."
    return block("Traces", tag("div", figures, class_="pair"), note=note)


SECTIONS = (methods, histograms, traces)


def _row(row: Mapping[str, Any]) -> Markup:
    each = row["ess_per_evaluation"]
    cells = (
        numbers.count(row["ess"]),
        numbers.decimal(None if each is None else 1000 * each, 3),
        numbers.decimal(row["ess_per_second"], 3),
        numbers.decimal(row["ess_per_dollar"], 3),
        numbers.decimal(row["rhat"]),
        numbers.percent(row["acceptance"]),
        f"{numbers.decimal(row['energy'], 5)} ± {numbers.decimal(spread(row), 2)}",
        _distance(row),
    )
    name = tag("th", words.label(row["method"]), scope="row")
    return tag("tr", name, [tag("td", cell) for cell in cells], class_=_role(row["method"]))


def _distance(row: Mapping[str, Any]) -> str:
    if row["tvd"] is None:
        return numbers.MISSING
    return f"{numbers.decimal(row['tvd'], 2)} ({numbers.decimal(row['tvd_independent'], 2)})"


def _histogram(
    name: str, shares: Sequence[float], edges: Sequence[float], exact: Sequence[float] | None
) -> Markup:
    x = Scale(edges[0], edges[-1], _FRAME.left, _FRAME.right)
    _, high = padded([0.0, *shares, *(exact or ())])
    y = Scale(0.0, high, _FRAME.bottom, _FRAME.top)
    drawn = picture(
        _FRAME.width,
        _FRAME.height,
        f"Histogram of the energies that {words.label(name)} drew",
        axes(_FRAME, x, y, x_label="energy", percent=True),
        tag("path", d=f"{_stairs(shares, edges, x, y)}Z", class_=f"band {_shade(name)}"),
        tag("path", d=_stairs(exact, edges, x, y), class_="line test") if exact else join(),
        class_="plot",
    )
    legend = [key("test", "exact")] if exact else []
    return figure(join(tag("b", words.label(name)), legend), drawn)


def _stairs(shares: Sequence[float], edges: Sequence[float], x: Scale, y: Scale) -> str:
    steps = zip(shares, edges[:-1], edges[1:], strict=True)
    places = [f"{x(e):.1f} {y(s):.1f}" for s, a, b in steps for e in (a, b)]
    ends = f"{x(edges[0]):.1f} {y(0.0):.1f}", f"{x(edges[-1]):.1f} {y(0.0):.1f}"
    return "M" + "L".join((ends[0], *places, ends[1]))


def _trace(name: str, points: Sequence[Sequence[float]]) -> Markup:
    series = Series(
        name=name,
        points=[Point(evaluations, e, e, e) for evaluations, e in points],
        role=_role(name),
    )
    title = f"Energy along a chain of {words.label(name)}"
    drawn = curve_svg([series], title=title, x_label="energy evaluations")
    return figure(tag("b", words.label(name)), drawn)


def _shade(name: str) -> str:
    return "train" if name == _QUANTUM else "validation"


def _role(name: str) -> str:
    return "quantum" if name == _QUANTUM else "classical"
