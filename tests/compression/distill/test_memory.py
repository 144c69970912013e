"""The teacher's answers in short, against the whole divergence."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.compression.distill.memory import Said, _others, divergence


def said_of(logits: torch.Tensor, top: int, temperature: float) -> Said:
    logs = (logits / temperature).log_softmax(-1)
    kept, classes = logs.topk(top)
    whole = top == logs.shape[1]
    rest = torch.full(kept.shape[:1], -torch.inf) if whole else _others(kept)
    return Said(classes.int(), kept, rest)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 999), top=st.integers(2, 20), temperature=st.floats(0.5, 4))
def test_it_never_exceeds_the_whole_divergence(seed, top, temperature):
    torch.manual_seed(seed)
    teacher, student = torch.randn(2, 5, 20, dtype=torch.float64) * 2
    whole = torch.nn.functional.kl_div(
        (student / temperature).log_softmax(-1),
        (teacher / temperature).log_softmax(-1),
        reduction="none",
        log_target=True,
    ).sum(-1)
    found = divergence(said_of(teacher, top, temperature), student, temperature)
    assert (found <= whole + 1e-9).all()
    assert (found >= -1e-9).all()
    if top == 20:
        torch.testing.assert_close(found, whole)


def test_it_has_slopes():
    torch.manual_seed(0)
    teacher, student = torch.randn(2, 4, 10, dtype=torch.float64)
    student.requires_grad_()
    said = said_of(teacher, 4, 1.0)
    assert torch.autograd.gradcheck(lambda x: divergence(said, x, 1.0), (student,))
    assert divergence(said, teacher, 1.0).abs().max() == pytest.approx(0, abs=1e-12)
