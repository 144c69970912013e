"""`bits,round` on the tiny model, from section to step."""

import pytest
import torch

from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.formats import IntegerFormat, Plain
from qml.compression.formats.structured import StructuredPart
from qml.compression.judging import Judge
from qml.compression.round import check, compress
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, InterruptedRunError, PlanError

KEYS = {"methods": ["bits", "round"], "target": "3bpw"}


def made(make_bench, **keys):
    bench = make_bench(**KEYS, round={"tokens": 512, **keys})
    base = uniform(bench, Candidate({}))
    return bench, base, compress(bench, base)


def test_the_lines_are_the_solver_and_its_rivals(make_bench):
    bench, base, step = made(make_bench)
    found = {entry.label: entry for entry in step.entries}
    assert list(found) == ["coordinate_descent", "rtn", "gptq"]
    assert step.chosen == "coordinate_descent"
    assert [e.rival for e in step.entries] == [False, True, True]
    assert found["coordinate_descent"].objective < found["gptq"].objective < found["rtn"].objective
    judge = Judge(bench.subject, bench.calibration)
    kl = {label: judge.judge(entry.candidate).kl.mean() for label, entry in found.items()}
    assert kl["coordinate_descent"] < kl["rtn"]
    for entry in step.entries:
        for name, part in entry.candidate.parts.items():
            assert part.bits == base.parts[name].bits
            lattice, old = part.lattice(), base.parts[name].lattice()
            assert lattice.codes.dtype is torch.uint8
            assert int(lattice.codes.max()) < lattice.levels
            assert torch.equal(lattice.scale, lattice.scale.half().float())
            assert entry.rival is False or torch.equal(lattice.scale, old.scale)
            assert torch.equal(lattice.zero, old.zero)


def test_a_second_run_repeats_the_first_with_what_it_used(make_bench):
    keys = {"solver": "annealing", "options": {"sweeps": 1}, "tokens": 64, "rivals": []}
    bench = make_bench(**KEYS, round=keys)
    few = dict(list(uniform(bench, Candidate({})).parts.items())[:3])
    first = compress(bench, Candidate(few))
    used = {f"round/{e.label}": e.evaluations for e in first.entries if e.evaluations}
    assert used
    again = compress(make_bench(**KEYS, round=keys, used=used), Candidate(few))
    for one, other in zip(first.entries, again.entries, strict=True):
        assert (one.label, one.objective) == (other.label, other.objective)
        for name, part in one.candidate.parts.items():
            assert torch.equal(part.lattice().codes, other.candidate.parts[name].lattice().codes)


def test_out_of_time_before_anything_counts_as_nothing_used_and_repeats(make_bench):
    """The clock goes on by a second at every look, and the limit is shorter."""
    from dataclasses import replace
    from itertools import count

    class JumpingClock:
        def __init__(self):
            self.ticks = count()

        def monotonic(self):
            return float(next(self.ticks))

    keys = {**KEYS, "round": {"tokens": 64, "rivals": []}}
    bench = replace(make_bench(**keys, seconds=0.5), clock=JumpingClock())
    base = uniform(bench, Candidate({}))
    first = compress(bench, base).entries[0]
    assert first.evaluations == 0
    assert "out of time" in first.note
    bench = make_bench(**keys, used={"round/coordinate_descent": 0})
    assert compress(bench, base).entries[0].objective == first.objective


def test_the_document_holds_every_unit_beside_the_nearest_values(make_bench):
    bench, _, step = made(make_bench, solver="exact", block=4, blocks=2, tokens=64, rivals=[])
    assert [entry.label for entry in step.entries] == ["exact"]
    found = step.document
    assert set(found["objectives"]) == {"exact", "rtn", "coordinate_descent"}
    assert found["objectives"]["exact"] <= found["objectives"]["coordinate_descent"]
    assert list(found["units"]) == [unit.name for unit in bench.subject.units]
    for row in found["units"].values():
        assert row["exact"] <= row["coordinate_descent"] * (1 + 1e-6)
        assert row["rtn"] > 0
    assert "began where coordinate descent ended" in step.notes[-1]


def test_stopped_half_way_everything_still_has_a_part(make_bench):
    from dataclasses import replace

    calls = iter(range(10**6))
    bench = replace(make_bench(**KEYS, round={"tokens": 64}), stop=lambda: next(calls) > 12)
    base = uniform(bench, Candidate({}))
    step = compress(bench, base)
    assert step.interrupted
    assert set(step.candidate().parts) == set(base.parts)
    assert step.entries[0].label == step.chosen


def test_units_without_a_lattice_stay_as_they_are(make_bench):
    bench = make_bench(**KEYS, round={"tokens": 64, "rivals": []})
    base = uniform(bench, Candidate({}))
    name = bench.subject.units[0].name
    plain = Plain(16).quantise(bench.subject.weight(bench.subject.units[0]).detach())
    step = compress(bench, Candidate({**base.parts, name: plain}))
    assert step.candidate().parts[name] is plain
    with pytest.raises(PlanError, match="nothing is there to be rounded"):
        compress(bench, Candidate({name: plain}))


def test_what_lost_rows_and_columns_is_rounded_in_its_smaller_shape(make_bench):
    bench = make_bench(**KEYS, round={"tokens": 64, "rivals": ["rtn"]})
    base = uniform(bench, Candidate({}))
    unit = bench.subject.units[-1]
    columns = torch.arange(unit.columns)[::2]
    small = bench.subject.weight(unit).detach()[:, columns]
    part = StructuredPart(
        inner=IntegerFormat(3).quantise(small),
        rows=torch.arange(unit.rows),
        columns=columns,
        shape=(unit.rows, unit.columns),
    )
    step = compress(bench, Candidate({**base.parts, unit.name: part}))
    found = step.candidate().parts[unit.name]
    assert found.lattice().codes.shape == (unit.rows, len(columns))
    assert not bool(found.dense()[:, 1::2].any())
    assert step.document["units"][unit.name]["coordinate_descent"] < 1


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"methods": ["round"]}, "`bits` makes it"),
        ({"methods": ["bits", "distill", "round"]}, "undo"),
        ({"round": {"solver": "best"}}, "`best` is none that qml compress"),
        ({"round": {"rivals": ["best"]}}, "`best` is none that qml compress"),
        ({"round": {"solver": "exact", "block": 14}}, "2\\^14"),
        ({"round": {"options": {"sweeps": 3}}}, "no settings of its own"),
        ({"round": {"solver": "annealing", "options": {"heat": 3}}}, "options.heat"),
        ({"round": {"solver": "tabu", "options": {"heat": 3}}}, "heat"),
    ],
)
def test_settings_that_make_no_sense_are_refused(keys, message):
    with pytest.raises(ConfigError, match=message):
        check(CompressSection.model_validate({**KEYS, **keys}))


def test_a_solver_that_needs_a_machine_is_refused_before_the_model_is_loaded():
    with pytest.raises(ConfigError, match="on this machine"):
        check(CompressSection.model_validate({**KEYS, "round": {"solver": "dwave"}}))


def test_stopped_before_anything_there_is_nothing_to_keep(make_bench):
    from dataclasses import replace

    bench = replace(make_bench(**KEYS), stop=lambda: True)
    with pytest.raises(InterruptedRunError):
        compress(bench, uniform(bench, Candidate({})))
