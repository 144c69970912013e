"""Elements as values."""

from hypothesis import given
from hypothesis import strategies as st

from qml.report.markup import Markup, join, tag


def test_text_is_escaped_and_markup_is_kept():
    inner = tag("b", "a < b & \"c\" 'd'")
    assert inner == "<b>a &lt; b &amp; &quot;c&quot; &#x27;d&#x27;</b>"
    assert tag("p", inner, [None, ["x"]]) == f"<p>{inner}x</p>"


def test_attributes():
    assert tag("line", x1=1.23456, class_="a", stroke_width=2, hidden=None) == (
        '<line x1="1.23" class="a" stroke-width="2"></line>'
    )
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8">'
    assert tag("svg", viewBox="0 0 1 1") == '<svg viewBox="0 0 1 1"></svg>'
    assert tag("p", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;"></p>'


@given(st.text(), st.text())
def test_nothing_escapes_its_element(text, value):
    built = tag("p", text, title=value)
    assert built.count("<") == 2
    assert isinstance(join(built, text), Markup)
