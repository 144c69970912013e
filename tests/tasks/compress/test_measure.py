"""Sizes are compared, and held against the target, in what the target counts."""

import pytest
from compression.conftest import make_bench, tiny, tiny_folder  # noqa: F401 - fixtures

from qml.compression.candidate import Candidate
from qml.compression.formats import IntegerFormat
from qml.tasks.compress.measure import counted, reached, size_of


def grouped(bench, group):
    form = IntegerFormat(4, group)
    units = bench.subject.units
    return Candidate({u.name: form.quantise(bench.weight(Candidate({}), u)) for u in units})


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({"target": "4bpw"}, "codes"),
        ({"target": "50KB"}, "bytes"),
        ({"target": "30%"}, "bytes"),
        ({"target": "50%", "methods": ["prune"]}, "codes"),
        ({"target": "50%,50KB", "methods": ["prune", "bits"]}, "bytes"),
    ],
)
def test_the_target_says_what_is_counted(make_bench, keys, kind):  # noqa: F811 - the fixture
    assert counted(make_bench(**keys)) == kind


def test_scales_count_in_a_file_alone(make_bench):  # noqa: F811 - the fixture
    bench = make_bench(target="4bpw")
    fine, coarse = grouped(bench, 8), grouped(bench, 64)
    assert size_of(bench, fine) == size_of(bench, coarse) == 4
    assert reached(bench, fine) == ("size: 4 of 4 bits per weight, in codes",)
    bench = make_bench(target="30KB")
    assert size_of(bench, fine) > 1.05 * size_of(bench, coarse)
    assert reached(bench, fine)[0].endswith(": the target is missed")
    assert reached(make_bench(target="50%", methods=["prune"]), fine) == ()
