"""Is a document well formed, and does it fetch anything?"""

import re
from html.parser import HTMLParser

_VOID = {"meta", "br", "hr", "img", "link", "input"}
_FETCHING = {"script", "link", "img", "iframe", "object", "embed", "image", "use", "video", "audio"}


class Reader(HTMLParser):
    """Checks the nesting and keeps what a test asks for."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.attributes, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def read(html):
    """Return the reader of a document that must be well formed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def assert_fetches_nothing(html):
    """Fail where a browser would ask for anything, or run anything."""
    reader = read(html)
    assert not _FETCHING & set(reader.seen)
    for name, value in reader.attributes:
        assert not name.startswith("on"), name
        assert name not in {"src", "href", "srcset", "xlink:href", "action", "data"}, name
        assert "url(" not in (value or "")
    assert not re.search(r"@import|url\(|https?://", html)


def text_of(html):
    """Return what a person reads, with ordinary spaces."""
    return " ".join(" ".join(read(html).text).replace("\N{NO-BREAK SPACE}", " ").split())
