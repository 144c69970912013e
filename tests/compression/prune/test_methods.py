"""Every way on the tiny model."""

import pytest

from qml.compression.candidate import Candidate
from qml.compression.prune import compress
from qml.compression.prune.methods import NAMES


@pytest.mark.parametrize("share", ["50%", "33%"])
def test_every_way_removes_the_same_number(make_bench, share):
    bench = make_bench(
        target=share, methods=["prune"], prune={"rivals": list(NAMES), "tokens": 256}
    )
    step = compress(bench, Candidate({}))
    weights = sum(unit.weights for unit in bench.subject.units)
    assert {entry.label for entry in step.entries} == set(NAMES)
    for entry in step.entries:
        kept = sum(int(part.mask.sum()) for part in entry.candidate.parts.values())
        assert weights - kept == round(float(share[:-1]) / 100 * weights)
