"""Which calibration examples are learnt from, which ones decide when to stop, and both asked."""

from collections.abc import Sequence
from typing import NamedTuple

from qml.compression.bench import Bench
from qml.compression.distill.memory import ask, batches
from qml.compression.distill.training import Lesson
from qml.compression.subjects.base import Examples
from qml.compression.subjects.corpora import examples_of
from qml.errors import InterruptedRunError, PlanError
from qml.ports import Bar

_ROWS = 32
"""Examples of a batch, at least, where each has one output: images, rows."""


class Lessons(NamedTuple):
    """Batches with the teacher's answers."""

    lessons: Sequence[Lesson]
    held_in: Sequence[Lesson]


def lessons_of(bench: Bench) -> Lessons:
    """Split the calibration and run the teacher once on each batch; its own weights are in place.

    Raises:
        PlanError: The calibration is a single chunk.
        InterruptedRunError: Somebody asked to stop.
    """
    section, examples = bench.section.distill, _shorter(bench)
    per = len(examples.targets) // len(examples.inputs)
    count = len(examples.inputs)
    if count < 2:  # noqa: PLR2004 - one to learn from, one to watch
        raise PlanError(
            "distill needs two chunks of calibration text: one to learn from, one that decides when"
            " to stop",
            hint="--calibrate a longer text, or lower compress.length",
        )
    watched = min(max(1, section.validate_tokens // per), count // 2)
    learnt = min(max(1, section.tokens // per), count - watched)
    size = section.batch if per > 1 else max(section.batch, _ROWS)
    parts = [
        list(batches(_slice(examples, 0, learnt), size)),
        list(batches(_slice(examples, count - watched, count), size)),
    ]
    with bench.progress.bar("asking the teacher", sum(map(len, parts))) as bar:
        found = [[_lesson(bench, batch, bar) for batch in part] for part in parts]
    return Lessons(*found)


def _lesson(bench: Bench, batch: Examples, bar: Bar) -> Lesson:
    if bench.stop():
        raise InterruptedRunError("stopped before the training began")
    section = bench.section.distill
    said = ask(bench.subject, batch, top=section.top, temperature=section.temperature)
    bar.advance()
    return Lesson(batch, said)


def _shorter(bench: Bench) -> Examples:
    """Cut chunks of text into shorter ones; what is left of each is not used."""
    examples, length = bench.calibration, bench.section.distill.length
    inputs = examples.inputs
    per = len(examples.targets) // len(inputs)
    if per == 1 or inputs.shape[1] <= length:
        return examples
    each = inputs.shape[1] // length
    return examples_of(inputs[:, : each * length].reshape(-1, length))


def _slice(examples: Examples, start: int, end: int) -> Examples:
    per = len(examples.targets) // len(examples.inputs)
    places = slice(start * per, end * per)
    return Examples(examples.inputs[start:end], examples.targets[places], examples.clusters[places])
