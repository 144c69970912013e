"""How far changed models are from the teacher, many at a time.

With the teacher's probabilities p and the change of the logits d = z' - z,

    KL(p || q) = ln sum_v p_v exp(d_v) - sum_v p_v d_v = ln(1 + sum_v p_v expm1(d_v - m)),

where m = sum_v p_v d_v. Unlike a difference of log-probabilities this keeps its digits where the
change is small, and Jensen's inequality keeps the sum at or above 0. Where the head is a linear map
W of features h, d = (h' - h) W^T and m = (h' - h) (p W)^T, so that one pass over the classes is
left; it is made in blocks that stay in the processor's cache.
"""

from typing import Protocol, runtime_checkable

import torch
from torch import Tensor

from qml.compression.subjects.base import Subject

BLOCK = 1024
"""Classes at a time."""


@runtime_checkable
class LinearHead(Protocol):
    """What a subject may offer beside `logits`: features, and the matrix that makes them logits."""

    def features(self, state: Tensor) -> Tensor:
        """Return what the head multiplies, shape (outputs, width), from the last state."""
        ...

    def head(self) -> Tensor | None:
        """Return the matrix of the head, shape (classes, width), or None where it is no matrix."""
        ...


class Yardstick(Protocol):
    """The teacher on one batch of examples."""

    def sums(self, states: Tensor, count: int) -> Tensor:
        """Return each variant's divergence from the teacher, summed over the outputs.

        Args:
            states: Last states of the variants, one behind the other, shape (count * n, ...).
            count: Number of variants.

        Returns:
            Shape (count,), float64 (nats); infinite where a model overflows.
        """
        ...


def yardstick(subject: Subject, state: Tensor, *, linear: bool = True) -> Yardstick:
    """Take the teacher's measure.

    Args:
        subject: With the teacher's weights.
        state: Its last state.
        linear: Whether the head of all that is measured later is the teacher's own.
    """
    if linear and isinstance(subject, LinearHead):
        head = subject.head()
        if head is not None:
            return _OfFeatures(subject, head, subject.features(state))
    return _OfLogits(subject, subject.logits(state))


class _OfLogits:
    """Any model."""

    def __init__(self, subject: Subject, logits: Tensor) -> None:
        self._subject = subject
        self._logits = logits
        self._p = logits.softmax(-1)
        self._total = _total(self._p)

    def sums(self, states: Tensor, count: int) -> Tensor:
        """See `Yardstick`."""
        return torch.stack([self._sum(state) for state in states.chunk(count)])

    def _sum(self, state: Tensor) -> Tensor:
        shift = self._subject.logits(state) - self._logits
        mean = torch.linalg.vecdot(shift.double(), self._p.double()) / self._total
        excess = (shift - mean.float()[:, None]).expm1_().mul_(self._p).sum(-1) / self._total
        found = excess.log1p()
        for row in (~excess.isfinite()).nonzero()[:, 0].tolist():
            found[row] = _far(self._p[row], shift[row].double())
        return found.sum()


class _OfFeatures:
    """A model whose logits are a linear map of its features."""

    def __init__(self, subject: LinearHead, head: Tensor, features: Tensor) -> None:
        self._subject = subject
        self._head = head
        self._features = features
        self._p = (features @ head.T).softmax(-1)
        self._total = _total(self._p)
        self._means = torch.zeros(features.shape, dtype=torch.float64)
        for block in _blocks(len(head)):
            self._means += self._p[:, block] @ head[block]
        self._means /= self._total[:, None]

    def sums(self, states: Tensor, count: int) -> Tensor:
        """See `Yardstick`."""
        moved = self._subject.features(states).unflatten(0, (count, -1)) - self._features
        mean = torch.linalg.vecdot(moved.double(), self._means)
        excess = self._excess(moved, mean) / self._total
        found = excess.log1p()
        for variant, row in (~excess.isfinite()).nonzero().tolist():
            shift = (self._head @ moved[variant, row]).double()
            found[variant, row] = _far(self._p[row], shift)
        return found.sum(-1)

    def _excess(self, moved: Tensor, mean: Tensor) -> Tensor:
        """Return sum_v p_v expm1(d_v - m) of each output, float64."""
        flat, offset = moved.flatten(0, 1), mean.float()[..., None]
        excess = torch.zeros(mean.shape, dtype=torch.float64)
        for block in _blocks(len(self._head)):
            shift = (flat @ self._head[block].T).view(*mean.shape, -1)
            excess += shift.sub_(offset).expm1_().mul_(self._p[:, block]).sum(-1)
        return excess


def _total(p: Tensor) -> Tensor:
    """Return the sum of rounded probabilities: their error would be of first order in a change."""
    return p.sum(-1, dtype=torch.float64)


def _blocks(classes: int) -> list[slice]:
    return [slice(start, start + BLOCK) for start in range(0, classes, BLOCK)]


def _far(p: Tensor, shift: Tensor) -> Tensor:
    """Return the divergence of one output whose change overflows `exp`; infinite for NaN."""
    found = (p.double().log() + shift).logsumexp(-1) - torch.linalg.vecdot(p.double(), shift)
    return found.nan_to_num(nan=torch.inf)
