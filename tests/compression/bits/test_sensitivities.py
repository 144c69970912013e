"""The table of sensitivities against the judge, in one process and in several, with its cache."""

import numpy as np

from qml.compression.bits.sensitivities import measure
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge

EMPTY = Candidate({})


def judged(bench, base, unit, form):
    """Return what the judge says of the base with one unit in another format."""
    part = form.quantise(bench.weight(base, unit))
    judge = Judge(bench.subject, bench.sample(bench.section.bits.tokens))
    return judge.judge(Candidate({**base.parts, unit.name: part}, base.others)).kl.mean()


def test_each_entry_is_what_the_judge_says(make_bench):
    bench = make_bench(bits={"widths": [2, 4, 8], "tokens": 90})
    table = measure(bench, EMPTY)
    assert [form.name for form in table.formats] == ["int2g64", "int4g64", "int8g64"]
    assert table.kl.shape == table.bits.shape == (14, 3)
    for place in (0, 4, 13):
        expected = [judged(bench, EMPTY, table.units[place], form) for form in table.formats]
        # the judge takes differences of log-probabilities in float32
        np.testing.assert_allclose(table.kl[place], expected, rtol=1e-5, atol=2e-7)
