"""The bench and the thinnest path: quantise everything alike, judge it."""

import numpy as np

from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge


def test_a_wider_format_is_nearer_to_the_teacher(make_bench):
    found = {}
    for width in (2, 4, 8):
        bench = make_bench(target=f"{width}bpw")
        judge = Judge(bench.subject, bench.sample(256))
        found[width] = judge.judge(uniform(bench, Candidate({}))).kl.mean()
    assert found[2] > found[4] > found[8] > 0


def test_the_teacher_is_where_it_was_after_a_candidate(make_bench):
    bench = make_bench(target="3bpw")
    judge = Judge(bench.subject, bench.sample(64))
    judge.judge(uniform(bench, Candidate({})))
    np.testing.assert_array_equal(judge.judge(Candidate({})).kl, 0)
    np.testing.assert_array_equal(judge.judge(Candidate({})).nll, judge.teacher().nll)


def test_the_stages_are_the_model_itself(tiny):
    import torch

    from qml.compression.judging import outputs
    from qml.compression.subjects.corpora import examples_of

    inputs = torch.arange(96).view(3, 32)
    with torch.inference_mode():
        whole = tiny.module(input_ids=inputs).logits[:, :-1].flatten(0, 1)
        found = torch.cat(list(outputs(tiny, examples_of(inputs))))
    torch.testing.assert_close(found, whole)
