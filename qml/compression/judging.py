"""How far a candidate is from its teacher, output by output.

The Kullback-Leibler divergence KL(p || q) is that of the teacher p from the candidate q, in nats
per output, on text that nothing was fitted to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from qml.compression.candidate import Candidate, applied
from qml.compression.subjects.base import Examples, Subject

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A candidate on examples.

    Attributes:
        kl: Divergence from the teacher, shape (outputs,) (nats).
        nll: Negative log-likelihood of the targets, shape (outputs,) (nats).
        agrees: Whether the likeliest class is the teacher's, shape (outputs,).
        right: Whether the likeliest class is the target, shape (outputs,).
        clusters: The chunk of each output, shape (outputs,).
    """

    kl: "NDArray[np.float64]"
    nll: "NDArray[np.float64]"
    agrees: "NDArray[np.bool_]"
    right: "NDArray[np.bool_]"
    clusters: "NDArray[np.int64]"

    @property
    def perplexity(self) -> float:
        """Exponential of the mean negative log-likelihood."""
        return float(np.exp(self.nll.mean()))


class Judge:
    """Judges candidates on the same examples; the teacher runs once.

    Holds the teacher's log-probabilities: four bytes for each output and class (264 MB for 1,341
    outputs of 49,152 classes).

    Args:
        subject: The teacher; its weights at this moment are what candidates are held against.
        examples: Held out.
    """

    def __init__(self, subject: Subject, examples: Examples) -> None:
        self.subject = subject
        self.examples = examples
        with torch.inference_mode():
            self._teacher = [log_softmax(logits) for logits in outputs(subject, examples)]

    def teacher(self) -> Judgement:
        """Return the teacher's own judgement: its divergence is 0."""
        return self._judgement(self._teacher)

    def judge(self, candidate: Candidate) -> Judgement:
        """Run a candidate on the examples."""
        with applied(self.subject, candidate), torch.inference_mode():
            return self._judgement(log_softmax(x) for x in outputs(self.subject, self.examples))

    def judge_logits(self, logits: Iterable[Tensor]) -> Judgement:
        """Judge what another engine answers.

        Args:
            logits: In the batches of `outputs`, shape (outputs, classes), float32; overwritten.
        """
        with torch.inference_mode():
            return self._judgement(log_softmax(batch) for batch in logits)

    def _judgement(self, students: Iterable[Tensor]) -> Judgement:
        found: list[tuple[Tensor, ...]] = []
        done = 0
        for teacher, student in zip(self._teacher, students, strict=True):
            targets = self.examples.targets[done : done + len(student)]
            done += len(student)
            found.append(_compare(teacher, student, targets))
        kl, nll, agrees, right = (torch.cat(column).numpy() for column in zip(*found, strict=True))
        clusters = self.examples.clusters.numpy()
        return Judgement(kl=kl, nll=nll, agrees=agrees, right=right, clusters=clusters)


def outputs(subject: Subject, examples: Examples) -> Iterator[Tensor]:
    """Yield the logits of the examples, batch by batch, shape (outputs, classes)."""
    for state in subject.begin(examples).split(subject.batch):
        for stage in range(subject.stages):
            state = subject.run(stage, state)  # noqa: PLW2901 - the state moves on
        yield subject.logits(state)


def log_softmax(logits: Tensor) -> Tensor:
    """Return log-probabilities, in the memory of the logits."""
    return logits.sub_(logits.logsumexp(-1, keepdim=True))


def _compare(teacher: Tensor, student: Tensor, targets: Tensor) -> tuple[Tensor, ...]:
    """Return divergence, negative log-likelihood, agreement and correctness of each output."""
    kl = torch.nn.functional.kl_div(student, teacher, reduction="none", log_target=True).sum(-1)
    nll = -student.gather(-1, targets[:, None])[:, 0]
    guess = student.argmax(-1)
    return kl.double(), nll.double(), guess == teacher.argmax(-1), guess == targets
