"""A benchmark on the terminal, as a page and as a comment; and the gate."""

from dataclasses import replace

import numpy as np
import pytest

from qml.benchmarking.regression.thresholds import thresholds
from qml.benchmarking.result import CellResult
from qml.report.html import render
from qml.report.markdown.bench import comment
from qml.report.markdown.table import escaped, table
from qml.report.svg.critical import critical_svg
from qml.report.svg.forest import Effect, forest_svg
from qml.report.tables.against import against_table
from qml.report.tables.bench import bench_table
from qml.tasks.bench.against import against_document
from tests.benchmarking.documents import bench_document
from tests.benchmarking.worlds import answered, classifiers
from tests.report.markup_checks import assert_fetches_nothing, text_of

COLUMNS = {
    "iqp": ("quantum", 0.70),
    "separable": ("twin", 0.71),
    "svc": ("classical", 0.95),
}


@pytest.fixture(scope="module")
def results():
    found = classifiers(np.random.default_rng(0), COLUMNS, rows=80, sets=9)
    found[0] = CellResult(cell=found[0].cell, state="failed", why="<out of> memory")
    cell = replace(found[4].cell, expected={"test_accuracy": 0.1234})
    found[4] = replace(found[4], cell=cell)
    return found


@pytest.fixture
def document(results):
    return bench_document(results)


@pytest.fixture
def worse(results):
    """Return a benchmark held against a better one."""
    then = bench_document(results, gates=32)
    for cell in then["cells"]:
        if cell["role"] == "quantum" and cell["correct"]:
            cell["correct"] = "1" * len(cell["correct"])
            cell["metrics"]["test_accuracy"] = 1.0
    return against_document(then, bench_document(results), thresholds("5%"))


def test_documents_keep_to_their_schemas(document, worse, check):
    check(document)
    check(worse)


@pytest.mark.parametrize("width", [60, 100, 140])
def test_table_says_what_is_shown_and_what_failed(document, rendered, width):
    text = " ".join(rendered(bench_table(document), width).split())
    assert "worse than svc" in text
    assert "Quantum against classical: worse: iqp" in text
    assert "Entanglement: no difference shown" in text
    assert "0 of 1 agree" in text
    assert "<out of> memory" in text


def test_a_difference_that_is_noise_is_not_marked(rendered):
    alike = {name: (role, 0.7) for name, (role, _) in COLUMNS.items()}
    found = bench_document(classifiers(np.random.default_rng(1), alike))
    text = rendered(bench_table(found), 140)
    assert "worse" not in text
    assert "better" not in text.replace("more is better", "")


def test_nothing_ran(rendered):
    results = [
        CellResult(cell=answered("iqp", "quantum", "d", 0, [True]).cell, state="open", why="no")
    ]
    assert "no cell has a number" in rendered(bench_table(bench_document(results)), 100)


def test_page_is_whole_and_fetches_nothing(document, report_document):
    page = render({**report_document, "outcome": document, "confusion": None, "circuit": None})
    assert_fetches_nothing(page)
    text = text_of(page)
    for heading in ("Verdicts", "Columns", "Mean ranks", "Effects", "Data by column", "All cells"):
        assert heading in text
    assert "worse than svc" in text
    assert "iqp-d3-0" in text, "the run of a cell"


def test_diagrams_place_what_they_say():
    ranks = {"a": 1.0, "b": 2.5, "c": 2.5}
    roles = {"a": "quantum", "b": "classical", "c": "classical"}
    drawn = critical_svg(ranks, [["b", "c"]], 0.8, roles, title="t")
    assert_fetches_nothing(drawn)
    assert 'points="250.0,' in drawn, "rank 1 stands at the left end of the axis"
    assert drawn.count("whisker same") == 1
    plot = forest_svg(
        [Effect("a", 1.0, None, "x", "data"), Effect("b", 2.0, (1.5, 2.5), "<y>", "test")],
        none=1.0,
        title="t",
        x_label="x",
    )
    assert_fetches_nothing(plot)
    assert plot.count("<circle") == 2
    assert "&lt;y&gt;" in plot


def test_gate_lists_what_got_worse(worse, rendered):
    assert not worse["passed"]
    for width in (60, 120):
        text = " ".join(rendered(against_table(worse), width).split())
        assert "got worse" in text
        assert "two-qubit gates" in text
        assert "Failed against" in text


def test_comment_has_the_verdict_the_losses_and_the_cost(document, worse):
    text = comment(document, worse)
    first = text.splitlines()
    assert first[0] == "### qml bench: demo"
    assert first[2].startswith("**Failed against")
    assert "| iqp | two-qubit gates | 32 | 64 | 100.0 % worse |" in text
    assert text.count("<details>") == text.count("</details>")
    assert "\\<out of\\> memory" in text
    assert "Cost: nothing (0.00 USD)" in text
    assert "Failed" not in comment(document)


def test_markdown_is_escaped():
    assert escaped("a|b\n<i> @me *x*") == "a\\|b \\<i\\> @\N{ZERO WIDTH SPACE}me \\*x\\*"
    assert table(("a", "b"), [["1|", "2"]], right="lr").splitlines() == [
        "| a | b |",
        "| :-- | --: |",
        "| 1\\| | 2 |",
    ]
