"""The page of a compression: well formed, self-contained, with all that a reader is owed."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.report.html import render
from qml.report.svg.pareto import Spot, front, log_ticks, spread
from tests.report.compressed import blocks, document, lines
from tests.report.markup_checks import assert_fetches_nothing, text_of


@pytest.fixture
def page(report_document):
    def build(outcome):
        return render({**report_document, "outcome": outcome, "confusion": None, "circuit": None})

    return build


def test_blocks_have_a_table_of_their_own(page):
    text = text_of(page(document(steps={"prune": {"blocks": blocks()}})))
    assert "Solvers on small blocks" in text
    assert "0.612" in text
    assert "Solvers on small blocks" not in text_of(page(document()))


def test_it_is_well_formed_and_shows_everything(page, check):
    outcome = document()
    check(outcome)
    html = page(outcome)
    assert_fetches_nothing(html)
    text = text_of(html)
    for part in (
        "Size against what was lost",
        "Candidates side by side",
        "What is kept how precisely",
        "dequantised <Q4_1>",
        "seed 0 <of> many",
        "greedy (is ilp)",
        "0, proven",
        "0.05 %",
        "\N{MINUS SIGN}30 % (\N{MINUS SIGN}35 to \N{MINUS SIGN}25)",
        "42 blocks of up to 32 tokens in 3 chunks",
        "4.7 times torch's in fp32",
        "538 MB with a divergence of 0",
        "int4g64, 42 tensors",
        "3.0 GiB at most",
    ):
        assert part in text, part
    assert "model.layers.0.q_proj" not in html, "names of tensors stay in outcome.json"
    assert html.count('class="heat"') == 210 + 5
    assert html.count('class="dot quantum"') == 1


def test_the_best_rival_is_another_candidate(page):
    assert "best rival 0.31 bits/annealing" in text_of(page(document()))


@pytest.mark.parametrize(
    "changes",
    [
        {"export": None, "rows": lines()[:1], "comparisons": []},
        {"export": None, "rows": lines()[:2], "comparisons": [], "allocation": []},
        {"rows": [{**r, "kl": None, "kl_ci": None, "perplexity": None} for r in lines()]},
    ],
)
def test_little_to_show_is_no_error(page, changes):
    assert_fetches_nothing(page(document(**changes)))


def spot(size, loss):
    return Spot("x", size, loss, None, "classical")


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12))
def test_the_front_is_what_nothing_beats(points):
    kept = {(s.size, s.loss) for s in front([spot(*p) for p in points])}
    for size, loss in set(points):
        beaten = any(s <= size and v <= loss and (s, v) != (size, loss) for s, v in points)
        assert ((size, loss) in kept) == (not beaten)


@given(st.lists(st.floats(20, 300), min_size=1, max_size=15))
def test_names_never_overlap(wanted):
    heights = spread(sorted(wanted), 15, 20, 320)
    assert all(b - a >= 15 - 1e-9 for a, b in pairwise(heights))
    assert heights[-1] <= 320
    if len(wanted) == 1:
        assert heights == wanted


def test_ticks_of_a_logarithm_are_round():
    assert log_ticks(-1, 1) == [0.1, 0.2, 0.5, 1, 2, 5, 10]
    assert log_ticks(math.log10(0.2), math.log10(0.6)) == [0.2, 0.5]
