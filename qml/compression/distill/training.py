"""The training: AdamW with a cosine schedule towards the teacher, the best that was seen is kept.

The loss is T^2 KL(teacher || student) at temperature T: Hinton, Vinyals and Dean, 2015,
arXiv:1503.02531. Weight decay pulls towards the start, since what is trained are changes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, pi
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from qml.compression.distill.memory import Said, divergence
from qml.compression.distill.student import Student
from qml.compression.subjects.base import Examples
from qml.config.sections.compress import DistillSection
from qml.ports import Bar, Progress

_DECAY = 0.01
_BETAS = (0.9, 0.95)


class Lesson(NamedTuple):
    """A batch with the teacher's answer."""

    batch: Examples
    said: Said


@dataclass(slots=True, kw_only=True)
class Course:
    """How a training went.

    Attributes:
        before: Divergence on the held-in chunks where it began (nats per output).
        best: The least that was seen there.
        steps: Steps that were taken.
        interrupted: Whether somebody asked to stop.
        history: Step, mean training divergence since the last check, divergence held in.
    """

    before: float = np.nan
    best: float = np.inf
    steps: int = 0
    interrupted: bool = False
    history: list[tuple[int, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """Trains a student.

    Attributes:
        student: Its numbers are changed in place; the best ones are left in it.
        lessons: What it learns from.
        held_in: What decides when it stops; it never learns from them.
        section: `[compress.distill]`.
        most: Steps after which it ends, however long the schedule is.
        seed: Feeds the order of the lessons.
        stop: Whether somebody asked to stop, or time is up.
    """

    student: Student
    lessons: Sequence[Lesson]
    held_in: Sequence[Lesson]
    section: DistillSection
    most: int
    seed: int
    stop: Callable[[], bool]

    def run(self, progress: Progress) -> Course:
        """Train; ends early where the held-in divergence does not fall any more."""
        course, best = Course(), self._copy()
        steps = min(self.most, self.section.steps)
        optimizer = torch.optim.AdamW(
            self.student.moved.values(), lr=1.0, betas=_BETAS, weight_decay=_DECAY
        )
        every, since, losses = max(1, self.section.steps // self.section.checks), 0, list[float]()
        order = self._order()
        with progress.bar("distilling", steps) as bar:
            course.before = course.best = self.judge()
            for step in range(1, steps + 1):
                losses.append(self._step(optimizer, step, order))
                course.steps = step
                course.interrupted = self.stop()
                if step % every == 0 or step == steps or course.interrupted:
                    found = self.judge()
                    course.history.append((step, float(np.mean(losses)), found))
                    losses.clear()
                    since = 0 if found < course.best else since + 1
                    if found < course.best:
                        course.best, best = found, self._copy()
                _tell(bar, course, losses)
                if course.interrupted or since >= self.section.patience:
                    break
        self._put(best)
        return course

    def judge(self) -> float:
        """Return the mean divergence on the held-in batches (nats per output)."""
        with torch.no_grad():
            weights = self.student.weights()
            found = [self._divergence(lesson, weights) for lesson in self.held_in]
        return float(torch.cat(found).double().mean())

    def _step(self, optimizer: torch.optim.Optimizer, step: int, order: Iterator[int]) -> float:
        rate = self.section.learning_rate * (1 + cos(pi * (step - 1) / self.section.steps)) / 2
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = self._divergence(self.lessons[next(order)], self.student.weights()).mean()
        (loss * self.section.temperature**2).backward()
        torch.nn.utils.clip_grad_norm_(self.student.moved.values(), self.section.clip)
        optimizer.step()
        return float(loss.detach())

    def _divergence(self, lesson: Lesson, weights: dict[str, Tensor]) -> Tensor:
        logits = self.student.logits(weights, lesson.batch)
        return divergence(lesson.said, logits, self.section.temperature)

    def _order(self) -> Iterator[int]:
        """Yield lessons, all of them before any comes again."""
        rng = np.random.default_rng(self.seed)
        while True:
            yield from rng.permutation(len(self.lessons)).tolist()

    def _copy(self) -> dict[str, Tensor]:
        return {name: moved.detach().clone() for name, moved in self.student.moved.items()}

    def _put(self, values: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, moved in self.student.moved.items():
                moved.copy_(values[name])


def _tell(bar: Bar, course: Course, losses: list[float]) -> None:
    last = losses[-1] if losses else course.history[-1][1]
    bar.advance(kl=f"{last:.4g}", held_in=f"{course.best:.4g}")
