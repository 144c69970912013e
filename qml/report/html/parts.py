"""Small building blocks of the page."""

import re
from collections.abc import Iterable

from qml.report.markup import Child, Markup, tag


def section(title: str, *children: Child, note: str | None = None, class_: str = "") -> Markup:
    """Return a section with a heading and a note beneath it."""
    return tag(
        "section",
        tag("h2", title),
        tag("p", note, class_="note") if note else None,
        *children,
        class_=class_ or None,
    )


def facts(rows: Iterable[tuple[str, str]]) -> Markup:
    """Return words and their values as a description list; empty values are left out."""
    return tag(
        "dl",
        (tag("div", tag("dt", word), tag("dd", value)) for word, value in rows if value),
        class_="facts",
    )


def figure(caption: Child, *children: Child, class_: str | None = None) -> Markup:
    """Return a picture with its caption."""
    return tag("figure", tag("figcaption", caption), *children, class_=class_)


def key(role: str, words: str) -> Markup:
    """Return an entry of a legend: a swatch and what it stands for."""
    return tag("span", tag("i", class_=f"swatch {role}"), words, class_="key")


def glued(text: str) -> str:
    """Keep a number and its unit, and a p-value, on one line by means of no-break spaces."""
    text = re.sub(r"(?<=\bp) ([<=]) (?=\d)", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text)
    return re.sub(r"(?<=\d) (?=%|m?s\b|min\b|points\b|test\b)", "\N{NO-BREAK SPACE}", text)


def number(title: str, value: str, note: str, role: str = "") -> Markup:
    """Return one of the large numbers at the top of the page."""
    return tag(
        "div",
        tag("span", title, class_="what"),
        tag("strong", glued(value)),
        tag("span", glued(note), class_="note"),
        class_=f"number {role}".strip(),
    )
