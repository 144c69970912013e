"""What comes after `prune` leaves zeros zero, and small shapes small."""

import pytest
import torch

from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.formats.structured import StructuredPart
from qml.compression.prune import compress
from qml.compression.round import compress as rounded


@pytest.mark.parametrize("pattern", ["unstructured", "2:4", "neurons"])
def test_zeros_stay_zero_through_bits_and_round(make_bench, pattern):
    settings = {"pattern": pattern, "tokens": 64, "solver": "wanda", "rivals": [], "blocks": 0}
    rounding = {"tokens": 64, "rivals": []}
    bench = make_bench(
        target="50%,4bpw", methods=["prune", "bits", "round"], prune=settings, round=rounding
    )
    pruned = compress(bench, Candidate({})).candidate()
    quantised = uniform(bench, pruned)
    final = rounded(bench, quantised).candidate()
    for name, part in pruned.parts.items():
        zero = part.dense() == 0
        for later in (quantised, final):
            assert not later.parts[name].dense()[zero].any()
            assert isinstance(later.parts[name], StructuredPart) == isinstance(part, StructuredPart)
            assert later.parts[name].bits < part.bits
    kept = torch.cat([part.dense().flatten() != 0 for part in pruned.parts.values()])
    assert final.payload(bench.subject) < 1.01 * (1 + 4 * float(kept.float().mean()))
