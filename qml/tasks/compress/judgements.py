"""Runs every candidate on the held-out examples, each of them once."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from qml.compression.bench import Entry, Step
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge, Judgement
from qml.compression.sameness import same
from qml.ports import Progress


class Line(NamedTuple):
    """A candidate, and what was found out about it.

    Attributes:
        step: The method that made it.
        entry: What it is.
        judgement: On held-out examples; None where it was not judged.
        same_as: Label of the line of the same step that is the same candidate, or None.
    """

    step: Step
    entry: Entry
    judgement: Judgement | None
    same_as: str | None

    @property
    def name(self) -> str:
        """Unique name: `bits/ilp`."""
        return f"{self.step.method}/{self.entry.label}"

    @property
    def chosen(self) -> bool:
        """Whether the next method started from it."""
        return self.entry.label == self.step.chosen


def judged(
    judge: Judge, steps: Sequence[Step], progress: Progress, stop: Callable[[], bool]
) -> list[Line]:
    """Judge all candidates, what was chosen first: after a stop that one is judged, no other.

    Args:
        judge: Holds the held-out examples.
        steps: What the methods made.
        progress: Shows that work goes on.
        stop: Asked between two candidates; the first is always judged.

    Returns:
        All lines in the order of the methods; those that a stop left out have no judgement.
    """
    lines = [Line(step, entry, None, None) for step in steps for entry in step.entries]
    order = sorted(range(len(lines)), key=lambda i: (not lines[i].chosen, -_place(steps, lines[i])))
    done: list[Line] = []
    with progress.bar("judging on held-out examples", len(order)) as bar:
        for place in order:
            candidate = lines[place].entry.candidate
            if candidate is not None and not (done and stop()):
                lines[place] = _judge(judge, lines[place], candidate, done)
                done.append(lines[place])
                bar.advance(kl=f"{lines[place].judgement.kl.mean():.4g}")  # type: ignore[union-attr] # just judged
            else:
                bar.advance()
    return lines


def _place(steps: Sequence[Step], line: Line) -> int:
    return next(i for i, step in enumerate(steps) if step is line.step)


def _judge(judge: Judge, line: Line, candidate: Candidate, done: Sequence[Line]) -> Line:
    for other in done:
        assert other.entry.candidate is not None
        if same(candidate, other.entry.candidate):
            within = other.entry.label if other.step is line.step else other.name
            return line._replace(judgement=other.judgement, same_as=within)
    return line._replace(judgement=judge.judge(candidate))
