"""One honest sentence: it names the rival, and says where no search was needed."""

import pytest

from qml.tasks.compress.verdict import verdict
from tests.report.compressed import comparison, row


def line(label, kl, method="bits", **facts):
    return row(method, label, kl=kl, perplexity=40.0, payload_bpw=4.0, **facts)


ILP = line("ilp", 0.244, chosen=True, rival=False)
ROWS = [ILP, *(line(name, 0.35) for name in ("uniform", "greedy", "annealing", "random"))]


def against(rival, ratio, **facts):
    return comparison("bits/ilp", f"bits/{rival}", ratio, **facts)


@pytest.mark.parametrize(
    ("compared", "said"),
    [
        (
            [against("uniform", 0.7), against("greedy", 1.0, same=True)],
            (
                "ilp at 4 bits: KL 0.244, 30 % below uniform (95 % interval 25 to 35 %),"
                " perplexity 40; greedy ties: no search was needed."
            ),
        ),
        (
            [against("uniform", 0.98)],
            (
                "no difference from uniform is shown (ratio 0.98, 95 % interval 0.93 to 1.03);"
                " the plainest rule would do."
            ),
        ),
        ([against("uniform", 1.4)], "40 % above uniform (95 % interval 35 to 45 %)"),
        ([against("uniform", 1.0, same=True)], "the same as uniform: nothing was gained"),
        (
            [against("uniform", 0.7), against("greedy", 1.2)],
            "; greedy is better: ilp is 20 % above it.",
        ),
        (
            [against("uniform", 0.7), against("greedy", 0.8)],
            "; better than greedy (p < 0.05 after Holm's correction).",
        ),
        ([against("uniform", 0.7), against("annealing", 1.02)], "; annealing ties."),
        ([against("uniform", 0.7), against("random", 1.02)], "perplexity 40."),
        ([against("uniform", 0.7), against("greedy", 1.2, size=1.2)], "perplexity 40."),
        (
            [against("uniform", 0.7, p_adjusted=0.06)],
            (
                "no difference from uniform is shown (ratio 0.70, 95 % interval 0.65 to 0.75, but"
                " p = 0.06 after Holm's correction); the plainest rule would do."
            ),
        ),
        ([against("uniform", 0.7), against("greedy", 0.8, p_adjusted=0.2)], "; greedy ties: no"),
        ([], "nothing to compare it with"),
    ],
)
def test_sentences(compared, said):
    assert said in verdict(ROWS, compared)


def test_a_rival_of_another_size_is_named_with_it():
    smaller = line("uniform", 0.9) | {"payload_bpw": 3.0}
    found = verdict([ILP, smaller], [against("uniform", 0.3, size=0.75)])
    assert "70 % below uniform at 3 bits" in found


@pytest.mark.parametrize(
    ("counted", "said"),
    [("codes", "ilp at 4 bits: "), ("bits", "ilp at 5.73 bits of file: "), ("bytes", "at 96.5 MB")],
)
def test_sizes_are_said_in_what_the_target_counts(counted, said):
    mine = ILP | {"bits_per_weight": 5.73, "bytes_predicted": 96_500_000}
    assert said in verdict([mine], [], counted)


def test_each_method_has_its_plainest_rule():
    chosen = line("coordinate_descent", 0.3, "round", chosen=True, rival=False)
    rows = [ILP, chosen, line("gptq", 0.31, "round"), line("rtn", 0.5, "round")]
    name = "round/coordinate_descent"
    compared = [
        comparison(name, "round/gptq", 0.97),
        comparison(name, "round/rtn", 0.6),
        comparison(name, "bits/ilp", 1.2),
    ]
    found = verdict(rows, compared)
    assert "40 % below rtn" in found
    assert found.endswith("; gptq ties.")


def test_several_methods_are_held_against_the_plainest_rule_of_the_first():
    chosen = line("distilled", 0.2, "distill", chosen=True, rival=False)
    plain = line("uniform", 0.9) | {"payload_bpw": 3.0}
    rows = [ILP, plain, chosen, line("before", 0.25, "distill")]
    name = "distill/distilled"
    compared = [
        comparison(name, "bits/uniform", 0.22, size=0.75),
        comparison(name, "distill/before", 0.8),
    ]
    found = verdict(rows, compared)
    assert "20 % below what it started from" in found
    assert found.endswith("; in all 78 % below uniform at 3 bits.")


def test_nothing_judged_is_said():
    assert verdict([line("ilp", None, chosen=True)], []) == "Nothing was judged."
