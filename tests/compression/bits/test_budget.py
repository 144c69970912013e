"""Targets as bits for the units."""

import pytest

from qml.compression.bits.budget import room_of
from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.errors import PlanError


def out_of_reach(bench):
    with pytest.raises(PlanError) as error:
        room_of(bench, Candidate({}))
    return error.value.hint.removeprefix("the smallest with these formats is ")


@pytest.mark.parametrize("target", ["1bpw", "1KB", "1%"])
def test_the_smallest_that_is_told_is_within_reach(make_bench, target):
    nearest = out_of_reach(make_bench(target=target))
    assert nearest[-2:] == target[-2:] or target == "1%"
    room = room_of(make_bench(target=nearest), Candidate({}))
    assert room.bits > 0


def test_a_size_counts_the_whole_file(make_bench):
    """The header's numbers may be a few digits shorter than room was left for."""
    bench = make_bench(target="4bpw")
    subject, predict = bench.subject, bench.exporter.predict
    size = predict(subject, uniform(bench, Candidate({})))
    for bytes_, width in ((size + 64, 4), (size - 1, 3)):
        found = uniform(make_bench(target=f"{bytes_ / 1000}KB"), Candidate({}))
        assert {part.format for part in found.parts.values()} == {f"int{width}g64"}
        assert predict(subject, found) <= bytes_


def test_percent_are_of_the_model_as_it_would_be_written(make_bench):
    bench = make_bench(target="60%")
    whole = bench.exporter.predict(bench.subject, Candidate({}))
    size = bench.exporter.predict(bench.subject, uniform(bench, Candidate({})))
    assert 0.4 * whole < size <= 0.6 * whole


def test_bits_per_weight_count_codes_on_the_simulation_grid(make_bench):
    bench = make_bench(target="4bpw")
    candidate = uniform(bench, Candidate({}))
    assert candidate.payload(bench.subject) == 4.0
    assert {part.format for part in candidate.parts.values()} == {"int4g64"}
