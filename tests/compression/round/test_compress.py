"""`bits,round` on the tiny model, from section to step."""

import pytest
import torch

from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge
from qml.compression.round import check, compress
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
            assert torch.equal(lattice.scale, old.scale)
            assert torch.equal(lattice.zero, old.zero)
