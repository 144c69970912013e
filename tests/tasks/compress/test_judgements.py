"""Candidates are judged once each, what was chosen first, and compared on the same outputs."""

import json

import pytest
from compression.conftest import make_bench, tiny, tiny_folder  # noqa: F401 - fixtures
from compression.tiny import TEXT

from qml.compression.bench import Entry, Step
from qml.compression.candidate import Candidate
from qml.compression.formats import IntegerFormat, Plain
from qml.compression.judging import Judge
from qml.ports import Silence
from qml.results.bootstrap import resampling
from qml.tasks.compress.comparisons import comparisons
from qml.tasks.compress.judgements import judged
from qml.tasks.compress.rows import allocation, candidate_row, headline, teacher_row


class Counting(Judge):
    """Counts what it runs."""

    runs = 0

    def judge(self, candidate):
        self.runs += 1
        return super().judge(candidate)


@pytest.fixture
def bench(make_bench):  # noqa: F811 - the fixture
    return make_bench()


@pytest.fixture
def judge(bench, tmp_path):
    text = tmp_path / "evaluate.txt"
    text.write_text(TEXT[-4000:])
    return Counting(bench.subject, bench.subject.read([text], what="evaluate", length=32, most=256))


@pytest.fixture
def draws(judge):
    return resampling(judge.examples.clusters.numpy(), seed=0, samples=500)


def uniform(bench, width):
    form = IntegerFormat(width, 64)
    return Candidate(
        {u.name: form.quantise(bench.weight(Candidate({}), u)) for u in bench.subject.units}
    )


def steps_of(bench):
    four, three = uniform(bench, 4), uniform(bench, 3)
    bits = Step(
        method="bits",
        chosen="ilp",
        entries=(
            Entry(label="ilp", candidate=four, objective=1.0, bound=1.0, rival=False),
            Entry(label="uniform", candidate=three, objective=1.5, bound=1.0),
            Entry(label="greedy", candidate=uniform(bench, 4), objective=1.0, bound=1.0),
            Entry(label="qaoa", candidate=None, objective=1.2, note="a reduced instance"),
        ),
    )
    rounded = Step(
        method="round",
        chosen="rtn",
        entries=(Entry(label="rtn", candidate=four, rival=False),),
    )
    return [bits, rounded]


def test_each_candidate_is_run_once(bench, judge):
    lines = judged(judge, steps_of(bench), Silence(), lambda: False)
    assert [line.name for line in lines] == [
        *("bits/ilp", "bits/uniform", "bits/greedy", "bits/qaoa", "round/rtn")
    ]
    assert judge.runs == 2
    found = {line.name: line for line in lines}
    # what was chosen in the end is judged first; the others are it
    assert found["bits/ilp"].same_as == "round/rtn"
    assert found["bits/greedy"].judgement is found["round/rtn"].judgement
    assert found["bits/qaoa"].judgement is None


def test_a_stop_leaves_what_was_chosen_judged(bench, judge, draws):
    lines = judged(judge, steps_of(bench), Silence(), lambda: True)
    assert [line.name for line in lines if line.judgement is not None] == ["round/rtn"]
    row = candidate_row(bench, lines[1], draws)
    assert row["kl"] is None
    assert "not judged" in row["note"]


def test_rows_say_sizes_gaps_and_intervals(bench, judge, draws):
    lines = judged(judge, steps_of(bench), Silence(), lambda: False)
    rows = [candidate_row(bench, line, draws) for line in lines]
    found = {f"{row['method']}/{row['label']}": row for row in rows}
    assert found["bits/ilp"]["payload_bpw"] == 4
    assert found["bits/ilp"]["unit_bits"] > 4.2, "scales take room, too"
    assert found["bits/ilp"]["proven"]
    assert found["bits/greedy"]["proven"], "it reaches what another one proved"
    assert found["bits/uniform"]["gap"] == pytest.approx(0.5)
    assert found["bits/qaoa"]["gap"] is None, (
        "a bound is never lent: it may be of another objective"
    )
    assert found["bits/qaoa"]["kl"] is None
    assert found["round/rtn"]["gap"] is None
    low, high = found["bits/uniform"]["kl_ci"]
    assert low < found["bits/uniform"]["kl"] < high
    assert found["bits/uniform"]["kl"] > 2 * found["bits/ilp"]["kl"]
    teacher = teacher_row(bench, judge.teacher(), draws)
    assert teacher["kl"] == 0
    assert headline([teacher, *rows])["kl"] == found["round/rtn"]["kl"]
    assert {row["format"] for row in allocation(bench, uniform(bench, 3))} == {"int3g64"}
    json.dumps(rows, allow_nan=False)


def test_comparisons_are_paired_and_corrected(bench, judge, draws):
    lines = judged(judge, steps_of(bench), Silence(), lambda: False)
    found = {(c["chosen"], c["rival"]): c for c in comparisons(bench, lines, draws)}
    last = {rival for chosen, rival in found if chosen == "round/rtn"}
    assert last == {"bits/ilp", "bits/uniform", "bits/greedy"}
    assert ("bits/ilp", "round/rtn") not in found, "a step is compared with its own rivals"
    better = found["round/rtn", "bits/uniform"]
    assert better["ratio_ci"][1] < 0.6
    assert better["size"] == 0.75
    assert better["p_value"] <= better["p_adjusted"] < 0.05
    same = found["round/rtn", "bits/greedy"]
    assert same["same"]
    assert same["difference"] == 0
    assert same["p_value"] == 1


def test_what_is_not_finite_is_told(bench, judge, draws):
    broken = {
        u.name: Plain(32).quantise(bench.weight(Candidate({}), u)) for u in bench.subject.units
    }
    name = next(iter(broken))
    broken[name] = Plain(32).quantise(broken[name].dense() * float("inf"))
    entry = Entry(label="x", candidate=Candidate(broken))
    (line,) = judged(
        judge,
        [Step(method="bits", entries=(entry,), chosen="x")],
        Silence(),
        lambda: False,
    )
    row = candidate_row(bench, line, draws)
    assert row["kl"] is None
    assert "not finite" in row["note"]
    json.dumps(row, allow_nan=False)
