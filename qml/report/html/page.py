"""The page: head, sections in the order in which a reader asks, foot."""

from importlib.resources import files

from qml.report.html import record, summary
from qml.report.html.document import ReportDocument
from qml.report.html.kinds import kind_of
from qml.report.markup import Markup, join, tag

_RECORD = (
    record.data,
    record.reproduce,
    record.environment,
    record.config,
)


def render(document: ReportDocument) -> str:
    """Return one self-contained HTML file: no scripts, no fonts, nothing to fetch.

    Args:
        document: The run and what is drawn of it.
    """
    title = f"{document['name'] or document['run_id']} \N{MIDDLE DOT} qml"
    sections = (*kind_of(document["outcome"]).SECTIONS, *_RECORD)
    body = join(
        tag("main", summary.header(document), [build(document) for build in sections]),
        record.footer(document),
    )
    return f"<!doctype html>\n{tag('html', _head(title), tag('body', body), lang='en')}\n"


def _head(title: str) -> Markup:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup(stylesheet())),
    )


def stylesheet() -> str:
    """Return the style sheet of the page."""
    return files("qml.report.html").joinpath("report.css").read_text("utf-8")
