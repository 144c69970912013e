"""The table of sensitivities against the judge, in one process and in several, with its cache."""

import numpy as np
import pytest
import torch

from qml.compression.bits.sensitivities import measure
from qml.compression.bits.sensitivities import survey as surveys
from qml.compression.bits.sensitivities.probe import Probe
from qml.compression.candidate import Candidate
from qml.compression.formats import IntegerFormat
from qml.compression.formats.sparse import SparsePart
from qml.compression.judging import Judge
from qml.errors import InterruptedRunError, PlanError, UsageError

EMPTY = Candidate({})
SMALL = {"widths": [2, 4], "tokens": 60}


def judged(bench, base, unit, form):
    """Return what the judge says of the base with one unit in another format."""
    part = form.quantise(bench.weight(base, unit))
    judge = Judge(bench.subject, bench.sample(bench.section.bits.tokens))
    return judge.judge(Candidate({**base.parts, unit.name: part}, base.others)).kl.mean()


@pytest.fixture
def count(monkeypatch):
    """Count the probes that are made: none where all is known."""
    made = []

    def make(*given):
        made.append(given)
        return Probe(*given)

    monkeypatch.setattr(surveys, "Probe", make)
    return made


@pytest.mark.parametrize("linear", [True, False])
def test_each_entry_is_what_the_judge_says(make_bench, monkeypatch, linear):
    bench = make_bench(bits={"widths": [2, 4, 8], "tokens": 90})
    if not linear:
        monkeypatch.setattr(type(bench.subject), "head", lambda self: None)
    table = measure(bench, EMPTY)
    assert [form.name for form in table.formats] == ["int2g64", "int4g64", "int8g64"]
    assert table.kl.shape == table.bits.shape == (14, 3)
    for place in (0, 4, 13):
        expected = [judged(bench, EMPTY, table.units[place], form) for form in table.formats]
        # the judge takes differences of log-probabilities in float32
        np.testing.assert_allclose(table.kl[place], expected, rtol=1e-5, atol=2e-7)


def test_small_divergences_keep_their_digits(make_bench):
    bench = make_bench(bits={"widths": [8], "tokens": 60})
    table = measure(bench, EMPTY)
    subject, examples = bench.subject, bench.sample(60)
    unit = table.units[10]
    subject.module.double()
    try:
        weight = subject.weight(unit)
        kept = weight.data

        def logits():
            state = subject.begin(examples)
            for stage in range(subject.stages):
                state = subject.run(stage, state)
            return subject.logits(state).log_softmax(-1)

        teacher = logits()
        weight.data = IntegerFormat(8).quantise(kept.float()).dense().double()
        exact = (teacher.exp() * (teacher - logits())).sum(-1).mean()
        weight.data = kept
    finally:
        subject.module.float()
    assert table.kl[10, 0] == pytest.approx(float(exact), rel=1e-4)
    assert table.kl[10, 0] < 1e-4


def test_a_second_call_measures_nothing_whatever_the_target(make_bench, count):
    first = measure(make_bench(bits=SMALL, target="3bpw"), EMPTY)
    again = measure(make_bench(bits=SMALL, target="5bpw"), EMPTY)
    assert len(count) == 1
    np.testing.assert_array_equal(first.kl, again.kl)


def test_another_width_measures_that_width_alone(make_bench):
    bench = make_bench(bits=SMALL)
    measure(bench, EMPTY)
    wider = make_bench(bits={"widths": [2, 4, 6], "tokens": 60})
    table = measure(wider, EMPTY)
    (journal,) = (wider.cache / "sensitivities").iterdir()
    lines = journal.read_text().splitlines()
    assert len(lines) == 1 + 14 + 14
    assert all(line.count("int") == 1 and "int6g64" in line for line in lines[15:])
    assert (table.kl[:, 0] > table.kl[:, 2]).all()


def test_other_text_and_another_base_are_measured_anew(make_bench, count):
    bench = make_bench(bits=SMALL)
    unit = bench.subject.units[3]
    measure(bench, EMPTY)
    measure(make_bench(bits={**SMALL, "tokens": 90}), EMPTY)
    assert len(count) == 2
    base = Candidate({unit.name: IntegerFormat(2).quantise(bench.weight(EMPTY, unit))})
    table = measure(bench, base)
    own = Judge(bench.subject, bench.sample(60)).judge(base).kl.mean()
    for place in (0, 3, 9):
        for column in range(2):
            expected = judged(bench, base, table.units[place], table.formats[column]) - own
            assert table.kl[place, column] == pytest.approx(expected, rel=1e-4, abs=1e-6)
    assert len(list((bench.cache / "sensitivities").iterdir())) == 3


def test_what_was_pruned_stays_pruned(make_bench):
    bench = make_bench(bits={"widths": [4], "tokens": 60})
    unit = bench.subject.units[5]
    weight = bench.weight(EMPTY, unit)
    mask = (weight.abs() > weight.abs().median()) & (torch.arange(unit.rows)[:, None] > 3)
    part = SparsePart(mask=mask, values=weight[mask].half())
    probe = Probe(bench.subject, Candidate({unit.name: part}), bench.sample(60))
    with probe.at_base():
        assert not probe.rounded(unit, IntegerFormat(4)).dense()[~mask].any()
        assert probe.rounded(unit, IntegerFormat(4)).format == "int4g64"


def test_what_is_stored_beside_the_units_changes_nothing(make_bench, count):
    bench = make_bench(bits=SMALL)
    embedding = bench.subject.module.get_parameter("model.embed_tokens.weight")
    first = measure(bench, EMPTY)
    again = measure(bench, Candidate({}, {"model.embed_tokens.weight": embedding.data * 0.5}))
    np.testing.assert_array_equal(first.kl, again.kl)


def test_a_format_that_rounds_otherwise_is_another_format(make_bench, monkeypatch, count):
    measure(make_bench(bits=SMALL), EMPTY)
    monkeypatch.setattr("qml.compression.formats.integer._CLIPPED", 1)
    bench = make_bench(bits=SMALL)
    table = measure(bench, EMPTY)
    assert len(count) == 2  # the width 2 alone, no longer clipped
    expected = judged(bench, EMPTY, table.units[0], table.formats[0])
    assert table.kl[0, 0] == pytest.approx(expected, rel=1e-5)


def test_processes_find_what_one_finds(make_bench):
    one = measure(make_bench(bits=SMALL), EMPTY)
    bench = make_bench(bits=SMALL, parallel=3)
    for path in (bench.cache / "sensitivities").iterdir():
        path.unlink()
    torch.set_num_threads(1)  # as each of the processes
    np.testing.assert_array_equal(measure(bench, EMPTY).kl, one.kl)


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_run_that_was_stopped_goes_on(make_bench, count, parallel):
    from dataclasses import replace

    bench = make_bench(bits=SMALL, parallel=parallel)
    asked = iter([False] * 3 + [True] * 100)
    with pytest.raises(InterruptedRunError, match="sensitivities"):
        measure(replace(bench, stop=lambda: next(asked)), EMPTY)
    (journal,) = (bench.cache / "sensitivities").iterdir()
    known = journal.read_text().count("int2g64")
    assert 0 < known < 14
    table = measure(bench, EMPTY)
    assert journal.read_text().count("int2g64") == 14
    journal.unlink()
    np.testing.assert_allclose(table.kl, measure(bench, EMPTY).kl, rtol=1e-6)


def test_a_format_that_fits_some_tensors_is_offered_to_them(make_bench):
    from dataclasses import dataclass, replace

    @dataclass(frozen=True)
    class Long(IntegerFormat):
        def fits(self, columns):
            return columns % 128 == 0

    bench = make_bench(bits=SMALL)
    table = measure(replace(bench, formats=[Long(2), IntegerFormat(4)]), EMPTY)
    fits = np.array([unit.columns == 128 for unit in table.units])
    np.testing.assert_array_equal(np.isfinite(table.kl[:, 0]), fits)
    assert 0 < fits.sum() < 14
    with pytest.raises(PlanError, match=r"fits model\.layers\.0\.self_attn\.q_proj"):
        measure(replace(bench, formats=[Long(2)]), EMPTY)


def test_a_model_that_overflows_is_infinitely_far(make_bench):
    bench = make_bench(bits=SMALL)
    unit = bench.subject.units[6]
    probe = Probe(bench.subject, EMPTY, bench.sample(60))
    with probe.at_base():
        weight = probe.weight(unit)
        broken, far = probe.alone(
            unit.stage, [(unit, weight * torch.inf), (unit, weight.flip(0) * 1000)]
        )
    assert broken == np.inf
    assert 1 < far < np.inf


def test_a_full_disk_is_told(make_bench):
    bench = make_bench(bits=SMALL)
    bench.cache.mkdir()
    (bench.cache / "sensitivities").write_text("in the way")
    with pytest.raises(UsageError, match="cannot be written"):
        measure(bench, EMPTY)
