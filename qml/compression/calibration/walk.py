"""From the first stage to the last, with the weights that were accepted on the way.

Hidden states of all examples are kept, nothing else (9 MB for 4,096 tokens of 576 numbers), so
memory does not grow with the depth of the model.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import torch
from torch import Tensor

from qml.compression.calibration.inputs import recorded, rows_of, shared
from qml.compression.calibration.site import Site
from qml.compression.candidate import Candidate, applied, swapped
from qml.compression.subjects.base import Examples, Subject, Unit, module_of


class Walk:
    """Goes through the stages of a model; made by `walking`.

    Args:
        subject: The model, as the caller wants the units that are not reached yet.
        examples: What flows through it.
        kept: Puts the model's own weights back at the end.
        sequential: Whether a unit sees what was accepted before it in its own stage too (one run
            of the stage for each site in the place of one for all).
        drift: Whether to hold the inputs against the teacher's (a second run of every stage).
    """

    def __init__(
        self,
        subject: Subject,
        examples: Examples,
        kept: ExitStack,
        *,
        sequential: bool,
        drift: bool,
    ) -> None:
        self.subject = subject
        self.sequential = sequential
        self.drift = drift
        self._kept = kept
        self._own: dict[str, tuple[Unit, Tensor]] = {}
        with torch.inference_mode():
            self._states = list(subject.begin(examples).split(subject.batch))
        self._teacher = list(self._states) if drift else []

    def accept(self, unit: Unit, weight: Tensor) -> None:
        """Go on with these weights in the place of a unit's, shape (rows, columns)."""
        self._own.setdefault(unit.name, (unit, self.subject.weight(unit).data))
        self._kept.enter_context(swapped(self.subject, unit, weight))

    def sites(self) -> Iterator[Site]:
        """Yield all units in the order of the forward pass, with their inputs' second moments.

        The caller accepts new weights of a site's units before it asks for the next site.
        """
        for stage in range(self.subject.stages):
            units = [unit for unit in self.subject.units if unit.stage == stage]
            if units:
                yield from self._sites(stage, units)
            if any(unit.stage > stage for unit in self.subject.units):
                self._advance(stage, units)

    def _sites(self, stage: int, units: Sequence[Unit]) -> Iterator[Site]:
        groups = self._groups(stage, units)
        if self.sequential:
            for group in groups:
                yield self._measured(stage, [group], units)[0]
        else:
            yield from self._measured(stage, groups, units)

    def _groups(self, stage: int, units: Sequence[Unit]) -> list[tuple[Unit, ...]]:
        with torch.inference_mode(), recorded(self.subject, units) as seen:
            self.subject.run(stage, self._states[0])
        return shared(seen, units)

    def _measured(
        self, stage: int, groups: Sequence[tuple[Unit, ...]], units: Sequence[Unit]
    ) -> list[Site]:
        """Run a stage, and return the second moments of these groups."""
        leaders = [group[0] for group in groups]
        sums = [_Sums(unit.columns, drift=self.drift) for unit in leaders]
        with torch.inference_mode():
            for place, state in enumerate(self._states):
                rows = self._rows(stage, state, leaders)
                theirs: Sequence[Tensor | None] = [None] * len(rows)
                if self.drift:
                    with self._originals(units):
                        theirs = self._rows(stage, self._teacher[place], leaders)
                for total, mine, other in zip(sums, rows, theirs, strict=True):
                    total.add(mine, other)
        return [total.site(group) for total, group in zip(sums, groups, strict=True)]

    def _rows(self, stage: int, state: Tensor, units: Sequence[Unit]) -> list[Tensor]:
        with recorded(self.subject, units) as seen:
            self.subject.run(stage, state)
        return [rows_of(module_of(self.subject, u), seen[u.name]) for u in units]

    def _advance(self, stage: int, units: Sequence[Unit]) -> None:
        with torch.inference_mode():
            self._states = [self.subject.run(stage, state) for state in self._states]
            if self.drift:
                with self._originals(units):
                    self._teacher = [self.subject.run(stage, state) for state in self._teacher]

    @contextmanager
    def _originals(self, units: Sequence[Unit]) -> Iterator[None]:
        """Put back what a stage's units were before anything was accepted."""
        with ExitStack() as stack:
            for unit in units:
                if unit.name in self._own:
                    stack.enter_context(swapped(self.subject, *self._own[unit.name]))
            yield


class _Sums:
    """Sums of products over batches."""

    def __init__(self, columns: int, *, drift: bool) -> None:
        self.count = 0
        self.hessian = torch.zeros(columns, columns, dtype=torch.float64)
        self.drift = torch.zeros_like(self.hessian) if drift else None

    def add(self, mine: Tensor, other: Tensor | None) -> None:
        self.count += len(mine)
        self.hessian += mine.T @ mine
        if self.drift is not None and other is not None:
            self.drift += (other - mine).T @ mine

    def site(self, units: tuple[Unit, ...]) -> Site:
        return Site(
            units=units,
            hessian=self.hessian / self.count,
            count=self.count,
            drift=None if self.drift is None else self.drift / self.count,
        )


@contextmanager
def walking(
    subject: Subject,
    start: Candidate,
    examples: Examples,
    *,
    sequential: bool = False,
    drift: bool = False,
) -> Iterator[Walk]:
    """Open a walk; at its end the model has its own weights again.

    Args:
        subject: The model.
        start: Parts and other parameters that hold from the beginning. Units whose weights are
            chosen on the way are better left out, so that they are the teacher's until then.
        examples: What flows through it, in batches of `subject.batch`.
        sequential: See `Walk`.
        drift: See `Walk`.

    Yields:
        The walk: ask it for `sites()`, and tell it what you `accept`.
    """
    with applied(subject, start), ExitStack() as kept:
        yield Walk(subject, examples, kept, sequential=sequential, drift=drift)
