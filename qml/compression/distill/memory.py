"""What the teacher says of calibration text: its likeliest classes, and how likely all others are.

The divergence of these shares bounds the whole one from below (data-processing inequality), and
equals it where every class is kept.
"""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from qml.compression.judging import log_softmax, outputs
from qml.compression.subjects.base import Examples, Subject

_LEAST = 1e-12
"""Shares of all other classes are taken to be at least this."""


class Said(NamedTuple):
    """The teacher's answer for the outputs of one batch.

    Attributes:
        classes: Likeliest ones, shape (outputs, k), int32.
        logs: Their log-probabilities, shape (outputs, k), float32.
        rest: Log-probability of all others together, shape (outputs,); minus infinity where none
            are left.
    """

    classes: Tensor
    logs: Tensor
    rest: Tensor


def ask(subject: Subject, batch: Examples, *, top: int, temperature: float) -> Said:
    """Run the teacher on a batch."""
    with torch.no_grad():
        logits = torch.cat(list(outputs(subject, batch))).div_(temperature)
        logs = log_softmax(logits)
        kept, classes = logs.topk(min(top, logs.shape[1]))
        whole = kept.shape[1] == logs.shape[1]
        rest = torch.full(kept.shape[:1], -torch.inf) if whole else _others(kept)
    return Said(classes.int(), kept.clone(), rest)


def divergence(said: Said, logits: Tensor, temperature: float) -> Tensor:
    """Return KL(teacher || student) of each output, differentiable, shape (outputs,) (nats).

    Args:
        said: The teacher's answer.
        logits: The student's, shape (outputs, classes).
        temperature: Softens the student's as it did the teacher's.
    """
    logits = logits / temperature
    total = logits.logsumexp(-1, keepdim=True)
    mine = logits.gather(-1, said.classes.long()) - total
    found = (said.logs.exp() * (said.logs - mine)).sum(-1)
    if torch.isinf(said.rest).all():
        return found
    return found + said.rest.exp() * (said.rest - _others(mine))


def _others(logs: Tensor) -> Tensor:
    """Return the log-probability of what is not among some classes, shape (outputs,)."""
    return torch.log1p(-logs.exp().sum(-1).clamp(max=1 - 1e-6)).clamp(
        min=torch.log(torch.tensor(_LEAST))
    )


def batches(examples: Examples, size: int) -> Iterator[Examples]:
    """Yield examples in batches, with their targets."""
    per = len(examples.targets) // len(examples.inputs)
    for start in range(0, len(examples.inputs), size):
        inputs = examples.inputs[start : start + size]
        places = slice(start * per, (start + len(inputs)) * per)
        yield Examples(inputs, examples.targets[places], examples.clusters[places])
