"""Whole layers in one format, measured as the candidates that they stand for."""

import dataclasses

import numpy as np
import pytest

from qml.compression.bits.layers import groups_of, measure_layers
from qml.compression.bits.sensitivities import measure
from qml.compression.candidate import Candidate
from qml.compression.formats.masked import quantised
from qml.compression.formats.sparse import sparse
from qml.compression.judging import Judge


def halved(bench):
    weights = {unit.name: bench.subject.weight(unit).detach() for unit in bench.subject.units}
    return Candidate({n: sparse(w, w.abs() > w.abs().median()) for n, w in weights.items()})


@pytest.mark.parametrize("start", [lambda _: Candidate({}), halved], ids=["teacher", "pruned"])
def test_a_layer_is_measured_as_it_would_be_stored(make_bench, start):
    bench = make_bench(bits={"widths": [2, 4], "tokens": 64})
    base = start(bench)
    table = measure(bench, base)
    found = measure_layers(bench, base, table)
    judge = Judge(bench.subject, bench.sample(64))
    own = judge.judge(base).kl.mean()
    for place, form in enumerate(table.formats):
        units = [u for u, g in zip(table.units, groups_of(table), strict=True) if g == 0]
        parts = {
            u.name: quantised(form, base_weight(bench, base, u), base.parts.get(u.name))
            for u in units
        }
        whole = dataclasses.replace(base, parts={**base.parts, **parts})
        assert found[0, place] == pytest.approx(judge.judge(whole).kl.mean() - own, abs=1e-5)
    assert np.isfinite(found).all()


def base_weight(bench, base, unit):
    part = base.parts.get(unit.name)
    return part.dense() if part else bench.subject.weight(unit).detach()
