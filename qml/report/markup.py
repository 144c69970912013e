"""HTML and SVG elements as values. Every text is escaped unless it is `Markup` already."""

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Markup(str):
    """Text that is HTML and needs no escaping; only `tag` and `join` make it."""

    __slots__ = ()


Child = str | None | Iterable["Child"]


def tag(name: str, *children: Child, **attributes: str | float | None) -> Markup:
    """Build an element.

    Args:
        name: Element name.
        children: Text (escaped), `Markup` (kept), iterables of both; None is left out.
        attributes: `class_` and the like lose the last underscore, inner ones become hyphens;
            None is left out; numbers keep two decimals.
    """
    opened = "".join(
        f' {_attribute(key)}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{opened}>")
    return Markup(f"<{name}{opened}>{join(*children)}</{name}>")


def join(*children: Child) -> Markup:
    """Put children one after the other, escaping what is text."""
    return Markup("".join(_flat(children)))


def _flat(children: Child) -> Iterable[str]:
    if children is None:
        return
    if isinstance(children, Markup):
        yield children
    elif isinstance(children, str):
        yield escape(children)
    else:
        for child in children:
            yield from _flat(child)


def _attribute(key: str) -> str:
    # SVG's own spelling: viewBox, preserveAspectRatio
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, float):
        return f"{round(value, 2):g}"
    return escape(str(value))
