"""Measures models that differ from one base in a few tensors.

What lies before the changed tensor is computed once; variants of one stage go through all that
follows together, which keeps the processor busy where a chunk is short.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import torch
from torch import Tensor

from qml.compression.bits.sensitivities.divergence import Yardstick, yardstick
from qml.compression.candidate import Candidate, applied, swapped
from qml.compression.formats.base import Format, Part
from qml.compression.formats.masked import quantised
from qml.compression.subjects.base import Examples, Subject, Unit

TOGETHER = 8
"""Most variants that go through a stage at a time."""

Change = tuple[Unit, Tensor]
"""A unit, and the matrix that takes its place, shape (rows, columns)."""

States = list[Tensor]
"""What enters a stage, batch by batch."""


class Probe:
    """A base and its teacher on the same examples.

    The teacher is the subject as it is when the probe is made.

    Args:
        subject: The model.
        base: What changes are made to.
        examples: What divergences are measured on.
    """

    def __init__(self, subject: Subject, base: Candidate, examples: Examples) -> None:
        self.subject = subject
        self._base = base
        self._outputs = len(examples.targets)
        self._begin: States = list(subject.begin(examples).split(subject.batch))
        self._place: tuple[int, States] = (0, self._begin)
        with torch.inference_mode():
            self._yardsticks: list[Yardstick] = [
                yardstick(subject, state, linear=not base.others)
                for state in self._carry(self._begin, 0, subject.stages)
            ]

    @contextmanager
    def at_base(self) -> Iterator[None]:
        """Put the base into the model; all that is measured is measured in here."""
        self._place = (0, self._begin)
        with applied(self.subject, self._base), torch.inference_mode():
            yield

    def weight(self, unit: Unit) -> Tensor:
        """Return a unit's weights as the base has them, shape (rows, columns)."""
        return self.subject.weight(unit).detach().reshape(unit.rows, unit.columns)

    def rounded(self, unit: Unit, form: Format) -> Part:
        """Return a unit of the base in a format; what was pruned stays pruned."""
        return quantised(form, self.weight(unit), self._base.parts.get(unit.name))

    def own(self) -> float:
        """Return the base's divergence from the teacher (nats per output)."""
        return float(self._ends(self.entering(self.subject.stages), 1)[0])

    def alone(self, stage: int, changes: Sequence[Change]) -> list[float]:
        """Return the divergence with each change alone, all of one stage (nats per output)."""
        return self._branches(self.entering(stage), stage, changes)

    def beside(
        self, first: Unit, others: Sequence[Unit], make: Callable[[Unit], Tensor]
    ) -> list[float]:
        """Return the divergence with one unit and each of the others changed (nats per output).

        Args:
            first: The unit that is changed in all.
            others: In the order of the forward pass; none is in an earlier stage than the first.
            make: Returns what takes a unit's place, shape (rows, columns).
        """
        found: list[float] = []
        states, stage = self.entering(first.stage), first.stage
        with swapped(self.subject, first, make(first)):
            for later in dict.fromkeys(other.stage for other in others):
                states, stage = self._carry(states, stage, later), later
                here = [(other, make(other)) for other in others if other.stage == later]
                found += self._branches(states, later, here)
        return found

    def abreast(
        self, count: int, changes: Callable[[int], Sequence[Sequence[Change]]]
    ) -> list[float]:
        """Return the divergence of variants that change any number of units (nats per output).

        They go through the model side by side, so that a stage's matrices are made once for all.

        Args:
            count: Number of variants.
            changes: Returns what each of them changes in a stage.
        """
        variants = [self._begin] * count
        for stage in range(self.subject.stages):
            here = changes(stage)
            variants = [self._changed(s, stage, c) for s, c in zip(variants, here, strict=True)]
        return [self._ends(states, 1)[0] for states in variants]

    def _changed(self, states: States, stage: int, changes: Sequence[Change]) -> States:
        with ExitStack() as stack:
            for unit, weight in changes:
                stack.enter_context(swapped(self.subject, unit, weight))
            return self._carry(states, stage, stage + 1)

    def entering(self, stage: int) -> States:
        """Return what the base hands to a stage; fastest where stages are asked for in order."""
        known, states = self._place
        if known > stage:
            known, states = 0, self._begin
        self._place = (stage, self._carry(states, known, stage))
        return self._place[1]

    def _branches(self, states: States, stage: int, changes: Sequence[Change]) -> list[float]:
        found: list[float] = []
        for start in range(0, len(changes), TOGETHER):
            some = changes[start : start + TOGETHER]
            after = [self._branch(state, stage, some) for state in states]
            found += self._ends(self._carry(after, stage + 1, self.subject.stages), len(some))
        return found

    def _branch(self, state: Tensor, stage: int, changes: Sequence[Change]) -> Tensor:
        """Return what the variants hand on, one behind the other."""
        found = []
        for unit, weight in changes:
            with swapped(self.subject, unit, weight):
                found.append(self.subject.run(stage, state))
        return torch.cat(found)

    def _carry(self, states: States, start: int, stop: int) -> States:
        for stage in range(start, stop):
            states = [self.subject.run(stage, state) for state in states]
        return states

    def _ends(self, states: States, count: int) -> list[float]:
        sums = [y.sums(state, count) for y, state in zip(self._yardsticks, states, strict=True)]
        return [float(total) / self._outputs for total in torch.stack(sums).sum(0)]
